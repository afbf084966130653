// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.udfs.consensus.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** One deliberation of a simulation: the real rounds, with votes of simulated agents. */
final class Debate {
    private static final byte[] GENUINE = new byte[64];
    private static final byte[] FORGED = forged();
    private static final int REMEMBERED = 60;

    private final SimulatedTally tally;
    private final Courier courier;
    private final Company company;
    private final Adversary adversary;
    private final SimulatedIncident incident;
    private final int number;
    private final Random random;
    private final List<SignedRecommendation> overheard;
    private final Map<String, Opinion> first = new TreeMap<>();
    private Optional<Decision> decision = Optional.empty();
    private long now;

    /**
     * @param faults added to
     * @param overheard votes of earlier deliberations, latest last; added to
     */
    Debate(
            SimulationPlan plan,
            Faults faults,
            AgentBook book,
            Company company,
            Adversary adversary,
            SimulatedIncident incident,
            int number,
            Random random,
            List<SignedRecommendation> overheard) {
        String where = "seed " + plan.seed() + ", decision " + number;
        Invariants invariants = new Invariants(company, book, where);
        this.tally = new SimulatedTally(book, plan.network(), random, faults, invariants);
        this.courier = new Courier(plan.network(), random, faults);
        this.company = company;
        this.adversary = adversary;
        this.incident = incident;
        this.number = number;
        this.random = random;
        this.overheard = overheard;
    }

    private static byte[] forged() {
        byte[] signature = new byte[64];
        signature[0] = 1;
        return signature;
    }

    Decision decide(long opensAtMillis) {
        now = opensAtMillis;
        Question question =
                new Question(
                        Company.TENANT,
                        "incident-" + number,
                        1,
                        incident.candidates(),
                        List.of("alert"));
        hear(tally.open(question, now));
        Optional<Delivery> next = next();
        while (next.isPresent()) {
            now = next.get().atMillis();
            hear(tally.deliver(next.get()));
            next = next();
        }
        return decision.orElseThrow();
    }

    /** Whatever comes first; votes go on arriving after the decision. */
    private Optional<Delivery> next() {
        Optional<Long> wakeUp = tally.wakeUpAt(now);
        Optional<Long> vote = courier.nextAtMillis();
        if (wakeUp.isPresent() && (vote.isEmpty() || wakeUp.get() <= vote.get())) {
            return wakeUp.map(Delivery::ofTime);
        }
        return vote.map(any -> courier.next());
    }

    private void hear(Step step) {
        if (step.decision().isPresent()) {
            decision = step.decision();
        }
        for (RoundRequest request : step.requests()) {
            List<SignedRecommendation> votes = votes(request);
            votes.removeIf(vote -> vote.signature()[0] == FORGED[0]); // dropped before the tally
            courier.send(votes, now);
        }
    }

    private List<SignedRecommendation> votes(RoundRequest request) {
        int round = request.terms().round();
        List<SignedRecommendation> votes = new ArrayList<>();
        List<SignedRecommendation> honest = new ArrayList<>();
        for (Seat seat : request.terms().roster().seats()) {
            if (!company.isByzantine(seat.agent())) {
                Opinion said = incident.honest(round, random);
                honest.add(vote(request, seat, said, 0, GENUINE));
                note(seat, said, round);
            }
        }
        votes.addAll(honest);
        for (Seat seat : request.terms().roster().seats()) {
            if (company.isByzantine(seat.agent())) {
                votes.addAll(byzantine(request, seat, honest));
            }
        }
        if (adversary.forgesVotes()) {
            for (Seat seat : request.terms().roster().seats()) {
                Opinion lie = new Opinion(incident.lie(), 0.01);
                votes.add(0, vote(request, seat, lie, 1, FORGED));
            }
        }
        if (adversary.repeatsVotes()) {
            votes.addAll(overheard);
        }
        // Votes arrive in any order; of one agent in the order it sent them.
        List<Integer> order = new ArrayList<>();
        votes.forEach(vote -> order.add(order.size()));
        Collections.shuffle(order, random);
        List<SignedRecommendation> arriving = new ArrayList<>();
        order.forEach(at -> arriving.add(votes.get(at)));
        overheard.addAll(honest);
        while (overheard.size() > REMEMBERED) {
            overheard.remove(0);
        }
        return arriving;
    }

    private List<SignedRecommendation> byzantine(
            RoundRequest request, Seat seat, List<SignedRecommendation> honest) {
        int round = request.terms().round();
        Opinion copied = incident.honest(round, random);
        if (!honest.isEmpty()) {
            SignedRecommendation model = honest.get(random.nextInt(honest.size()));
            copied = new Opinion(model.action(), model.confidence());
        }
        List<SignedRecommendation> votes = new ArrayList<>();
        for (Opinion said : adversary.opinions(number, round, incident, copied, random)) {
            votes.add(vote(request, seat, said, votes.size(), GENUINE));
            note(seat, said, round);
        }
        return votes;
    }

    private void note(Seat seat, Opinion said, int round) {
        if (round == 1) {
            first.putIfAbsent(seat.agent(), said);
        }
    }

    private SignedRecommendation vote(
            RoundRequest request, Seat seat, Opinion said, int again, byte[] signature) {
        Recommendation.Builder vote =
                Recommendation.builder()
                        .answering(request)
                        .from(seat)
                        .action(said.action())
                        .confidence(said.confidence())
                        .issuedAtMillis(now);
        if (again > 0) {
            vote.requestId(request.requestId() + "-" + again);
        }
        return new SignedRecommendation(vote.build(), signature);
    }

    /** What each agent said first in the first round. */
    Map<String, Opinion> first() {
        return Collections.unmodifiableMap(first);
    }

    /** The votes of the last round, to be judged: those without power included. */
    List<Ballot> ballots() {
        return tally.deliberation().ballots();
    }
}
