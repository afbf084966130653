// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.JudgedHistory;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.ThreatState;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.model.consensus.reputation.OutcomeVerdict;
import io.incidentcommander.udfs.consensus.Circumstances;
import io.incidentcommander.udfs.consensus.RoundSetup;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.collusion.CollusionWatch;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the operator keeps of a tenant's agents, in memory: standings, threat level, earlier
 * confidences. The rules are those of the running job.
 */
final class AgentBook implements Circumstances {
    private static final int CONFIDENCES = 32;

    private final Company company;
    private final Standings standings = new Standings(StandingPolicy.defaults());
    private final Seating seating = Seating.defaults(standings);
    private final Map<String, AgentStanding> known = new TreeMap<>();
    private final Map<String, Deque<Double>> confidences = new TreeMap<>();
    private final Set<String> quarantined = new TreeSet<>();
    private ThreatState threat = ThreatState.none();
    private JudgedHistory judged = JudgedHistory.none();

    AgentBook(Company company) {
        this.company = company;
        company.agents()
                .forEach(agent -> known.put(agent.agent(), AgentStanding.unknown(agent.agent())));
    }

    @Override
    public RoundSetup setup(long nowMillis) {
        known.replaceAll((agent, standing) -> standings.at(standing, nowMillis));
        Seating.Seated seated =
                seating.seat(company.agents(), known::get, Set.of(), threat, nowMillis);
        threat = seated.threat();
        quarantined.clear();
        for (Seat seat : seated.setup().roster().seats()) {
            if (seat.standing() == SeatStanding.QUARANTINED) {
                quarantined.add(seat.agent());
            }
        }
        return seated.setup();
    }

    @Override
    public boolean isRevoked(String agent, int keyEpoch) {
        return false;
    }

    @Override
    public boolean offers(Action action) {
        return false; // nobody here proposes anything
    }

    @Override
    public double[] earlierConfidences(String agent) {
        return confidences.getOrDefault(agent, new ArrayDeque<>()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** A deliberation has ended: as the job does, only now is what was said in it remembered. */
    void ended(List<Ballot> ballots) {
        for (Ballot ballot : ballots) {
            boolean said =
                    ballot.status() == Ballot.Status.COUNTED
                            || ballot.status() == Ballot.Status.POWERLESS;
            if (said && !ballot.action().isAbstention()) {
                Deque<Double> earlier =
                        confidences.computeIfAbsent(ballot.agent(), a -> new ArrayDeque<>());
                earlier.addLast(ballot.confidence());
                if (earlier.size() > CONFIDENCES) {
                    earlier.removeFirst();
                }
            }
        }
    }

    void found(Finding finding) {
        if (finding.kind().blame() != FindingKind.Blame.NOBODY) {
            suspect(
                    finding.agent(),
                    new Evidence(
                            finding.findingId(),
                            finding.kind().name(),
                            finding.kind().points(),
                            finding.atMillis()));
        }
    }

    private void suspect(String agent, Evidence evidence) {
        known.computeIfPresent(
                agent, (name, standing) -> standings.suspected(standing, evidence).standing());
    }

    /** The right action has become known. */
    void verified(
            String decisionId,
            ActionId right,
            Map<String, ActionId> votes,
            long decidedAtMillis,
            long nowMillis) {
        votes.forEach(
                (agent, action) -> {
                    OutcomeVerdict verdict =
                            action.equals(right) ? OutcomeVerdict.RIGHT : OutcomeVerdict.WRONG;
                    JudgedOutcome outcome =
                            new JudgedOutcome(decisionId, verdict, decidedAtMillis, nowMillis);
                    known.computeIfPresent(
                            agent,
                            (name, standing) -> standings.judged(standing, outcome).standing());
                });
        CollusionWatch.Seen seen =
                CollusionWatch.judged(
                        judged,
                        new VotesCast(decisionId, decidedAtMillis, votes),
                        Optional.of(right),
                        Optional.empty(),
                        nowMillis);
        judged = seen.history();
        for (String agent : seen.accused().keySet()) {
            suspect(agent, seen.evidence(agent, nowMillis));
        }
    }

    boolean isWithinBounds(long nowMillis) {
        return known.values().stream()
                .allMatch(
                        standing -> {
                            double reputation = standings.reputation(standing, nowMillis).value();
                            double suspicion = standings.suspicion(standing, nowMillis).points();
                            return reputation >= 0
                                    && reputation <= 1
                                    && suspicion >= 0
                                    && suspicion <= 100;
                        });
    }

    /** What a snapshot has of the agents. */
    Memory remember() {
        return new Memory(known, confidences, threat, judged);
    }

    void recall(Memory memory) {
        known.putAll(memory.known);
        confidences.clear();
        memory.confidences.forEach((agent, said) -> confidences.put(agent, new ArrayDeque<>(said)));
        threat = memory.threat;
        judged = memory.judged;
    }

    /** Standings, confidences, threat level and judged decisions at one time. Immutable. */
    static final class Memory {
        private final Map<String, AgentStanding> known;
        private final Map<String, List<Double>> confidences = new TreeMap<>();
        private final ThreatState threat;
        private final JudgedHistory judged;

        private Memory(
                Map<String, AgentStanding> known,
                Map<String, Deque<Double>> confidences,
                ThreatState threat,
                JudgedHistory judged) {
            this.known = new TreeMap<>(known);
            confidences.forEach((agent, said) -> this.confidences.put(agent, List.copyOf(said)));
            this.threat = threat;
            this.judged = judged;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Memory
                    && ((Memory) other).known.equals(known)
                    && ((Memory) other).confidences.equals(confidences)
                    && ((Memory) other).threat.equals(threat)
                    && ((Memory) other).judged.equals(judged);
        }

        @Override
        public int hashCode() {
            return known.hashCode();
        }
    }

    /** Who had no power in the round that was set up last. */
    Set<String> quarantined() {
        return Set.copyOf(quarantined);
    }

    List<AgentStanding> standings() {
        return List.copyOf(known.values());
    }
}
