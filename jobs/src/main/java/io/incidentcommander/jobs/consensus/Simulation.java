// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Runs the real core against attackers: rounds, checks, findings, reputation, quarantine and threat
 * levels are those of the job, only agents and incidents are made up. Signatures are not computed:
 * a forged one is marked and dropped where the job would drop it.
 *
 * <p>One decision every ten minutes; what would have been right is known five minutes later, in
 * nine of ten. Honest agents err as {@link SimulatedIncident#honest} says. {@link Invariants} hold
 * after each step, whatever the network does.
 */
public final class Simulation {
    private static final long START = 1_750_000_000_000L;
    private static final long BETWEEN_MILLIS = 600_000;
    private static final long VERIFIED_AFTER_MILLIS = 300_000;
    private static final double VERIFIED = 0.9;

    private final SimulationPlan plan;

    public Simulation(SimulationPlan plan) {
        this.plan = plan;
    }

    /**
     * @param progress told the number of decisions made so far, after each
     * @throws IllegalStateException naming an invariant that does not hold, and the seed
     */
    public SimulationResult run(IntConsumer progress) {
        Random random = new Random(plan.seed());
        Company company = Company.of(plan, random);
        Adversary adversary = new Adversary(plan);
        AgentBook book = new AgentBook(company);
        Baselines baselines = new Baselines(company::powerPpm);
        SimulationScore score = new SimulationScore(company, adversary.strikesFrom());
        Faults faults = new Faults();
        List<SignedRecommendation> overheard = new ArrayList<>();
        for (int d = 0; d < plan.rounds(); d++) {
            long opensAt = START + d * BETWEEN_MILLIS;
            SimulatedIncident incident = new SimulatedIncident(random);
            Debate debate =
                    new Debate(
                            plan, faults, book, company, adversary, incident, d, random, overheard);
            Decision decision = debate.decide(opensAt);
            baselines.decide(debate.first(), incident.right());
            score.count(d, decision, incident.right(), book.quarantined());
            if (random.nextDouble() < VERIFIED) {
                book.verified(
                        decision.decisionId(),
                        incident.right(),
                        judged(debate.ballots()),
                        opensAt,
                        opensAt + VERIFIED_AFTER_MILLIS);
            }
            progress.accept(d + 1);
        }
        return score.result(plan, baselines.scores(), faults);
    }

    private static Map<String, ActionId> judged(List<Ballot> ballots) {
        Map<String, ActionId> votes = new TreeMap<>();
        for (Ballot ballot : ballots) {
            boolean said =
                    ballot.status() == Ballot.Status.COUNTED
                            || ballot.status() == Ballot.Status.POWERLESS;
            if (said && !ballot.action().isAbstention()) {
                votes.put(ballot.agent(), ballot.action());
            }
        }
        return votes;
    }
}
