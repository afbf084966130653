// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.consensus.ConductRecord;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The decisions of a run, in the order in which they came, and the findings. Immutable. */
final class RunDecisions {
    private static final Standings STANDINGS = new Standings(StandingPolicy.defaults());

    private final List<Made> made;
    private final List<Finding> findings;
    private final List<VerifiedOutcome> outcomes;

    RunDecisions(List<Made> made, List<Finding> findings, List<VerifiedOutcome> outcomes) {
        this.made = List.copyOf(made);
        this.findings = List.copyOf(findings);
        this.outcomes = List.copyOf(outcomes);
    }

    static RunDecisions none() {
        return new RunDecisions(List.of(), List.of(), List.of());
    }

    List<Made> made() {
        return made;
    }

    /** How decisions turned out, in the order in which it showed. */
    List<VerifiedOutcome> outcomes() {
        return outcomes;
    }

    /**
     * By agent, in [0, 1], after all {@link #outcomes}: from what the run leaves behind, as {@code
     * consensus recompute} does it. Who was never judged has what an unknown agent has. A roster
     * would not do: it has the powers as they were when its round opened, and no decision has come
     * after the last outcomes.
     */
    SortedMap<String, Double> reputations() {
        ConductRecord conduct =
                ConductRecord.of(
                        made.stream()
                                .map(m -> m.decision().certificate())
                                .collect(Collectors.toList()),
                        outcomes,
                        findings);
        long end = conduct.lastMillis();
        Map<String, AgentStanding> standings = conduct.history().under(STANDINGS.policy(), end);
        SortedMap<String, Double> reputations = new TreeMap<>();
        for (Made one : made) {
            for (Seat seat : one.decision().certificate().last().terms().roster().seats()) {
                AgentStanding standing =
                        standings.getOrDefault(seat.agent(), AgentStanding.unknown(seat.agent()));
                reputations.put(seat.agent(), STANDINGS.reputation(standing, end).value());
            }
        }
        return reputations;
    }

    /** What was found against anybody, or nobody. */
    List<Finding> findings() {
        return findings;
    }

    /** What can be held against an agent. */
    List<Finding> blaming() {
        return findings.stream()
                .filter(finding -> finding.kind().blame() != FindingKind.Blame.NOBODY)
                .collect(Collectors.toList());
    }

    /** The first of the incident: from then on something could be done. */
    Optional<Made> first(String incidentId) {
        return made.stream().filter(m -> m.decision().incidentId().equals(incidentId)).findFirst();
    }

    /** The one that holds: of the latest attempt. */
    Optional<Made> last(String incidentId) {
        return made.stream()
                .filter(m -> m.decision().incidentId().equals(incidentId))
                .max((a, b) -> a.decision().attempt() - b.decision().attempt());
    }

    /** Decided by the agents, and what they decided is that a human should take over. */
    long escalations() {
        return made.stream()
                .map(Made::decision)
                .filter(decision -> decision.status() == DecisionStatus.DECIDED)
                .filter(decision -> decision.action().equals(Action.ESCALATE))
                .count();
    }

    /**
     * Without agreement, and of an attempt after which the incident was asked about anew, as when
     * its type changed: nobody waits for these.
     */
    long overtaken() {
        return made.stream()
                .map(Made::decision)
                .filter(decision -> !decision.status().agreed())
                .filter(
                        decision ->
                                last(decision.incidentId())
                                        .filter(m -> m.decision().attempt() > decision.attempt())
                                        .isPresent())
                .count();
    }

    /** Agents that were in quarantine in any round, with or without effect on the power. */
    Set<String> quarantined() {
        Set<String> agents = new TreeSet<>();
        made.forEach(m -> agents.addAll(out(m.decision())));
        return agents;
    }

    /** Agents that could not vote in the last round. */
    static Set<String> out(Decision decision) {
        return decision.certificate().last().terms().roster().seats().stream()
                .filter(
                        seat ->
                                seat.standing() == SeatStanding.QUARANTINED
                                        || seat.standing() == SeatStanding.CONFINED)
                .map(Seat::agent)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Agents whose latest vote, in whichever round, was for something else than was decided. */
    static Set<String> outvoted(Decision decision) {
        Set<String> agents = new TreeSet<>();
        for (RoundRecord round : decision.certificate().rounds()) {
            for (SignedVote vote : round.votes()) {
                if (vote.action().equals(decision.outcome().action())) {
                    agents.remove(vote.agent());
                } else {
                    agents.add(vote.agent());
                }
            }
        }
        return agents;
    }

    /** A decision, and when the world outside the topology first heard of it. Immutable. */
    static final class Made {
        private final Decision decision;
        private final long seenMillis;

        Made(Decision decision, long seenMillis) {
            this.decision = decision;
            this.seenMillis = seenMillis;
        }

        Decision decision() {
            return decision;
        }

        /** Epoch ms, by this machine's clock. */
        long seenMillis() {
            return seenMillis;
        }

        /** File of the certificate, within the run's directory. */
        String certificate() {
            return RunDirectory.CERTIFICATES
                    + "/"
                    + decision.incidentId()
                    + "-"
                    + decision.attempt()
                    + ".json";
        }

        /** One line for humans. */
        String line() {
            StringBuilder line = new StringBuilder();
            line.append(
                    String.format(
                            "%s: %s, power %.2f, confidence %.2f, %s",
                            decision.status().name().toLowerCase(Locale.ROOT),
                            action(decision),
                            decision.outcome().support().powerPpm() / (double) Seat.WHOLE_PPM,
                            decision.outcome().support().confidence(),
                            decision.certificate().last().terms().roster().tolerance()));
            append(line, "outvoted", outvoted(decision));
            append(line, "quarantined", out(decision));
            line.append(decision.toleratedAgents() == 0 ? "; WARNING: no fault is tolerated" : "");
            return line.toString();
        }

        private static void append(StringBuilder line, String what, Set<String> agents) {
            if (!agents.isEmpty()) {
                line.append("; ").append(what).append(' ').append(String.join(", ", agents));
            }
        }

        static String action(Decision decision) {
            String target = decision.action().target();
            return decision.action().runbook() + (target.isEmpty() ? "" : " on " + target);
        }
    }
}
