// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long an incident waits for the agents of each role, in the phases in which it waits for any:
 * diagnosing for those of diagnosis, deciding for all, though for nobody beyond the deliberation.
 * Immutable.
 */
final class RoleTimes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RoundPolicy rounds;

    RoleTimes(RoundPolicy rounds) {
        this.rounds = rounds;
    }

    /** What a phase lasts at least, so that it cuts off nobody it waits for; 0 if nobody. */
    long leastMillis(IncidentState phase) {
        return in(phase).values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** To be told when the phase is over and nothing came; empty if it waits for nobody. */
    String missing(IncidentState phase) {
        String roles =
                in(phase).entrySet().stream()
                        .map(role -> role.getKey().word() + " " + role.getValue() / 1000 + " s")
                        .collect(Collectors.joining(", "));
        return roles.isEmpty() ? "" : "; nothing was heard, of those who have " + roles;
    }

    /** The agents whose time in the last round was over before they were heard; empty if none. */
    String late(Decision decision) {
        RoundRecord last = decision.certificate().last();
        long asked = last.terms().requestedAtMillis();
        long waited = decision.outcome().decidedAtMillis() - asked;
        Set<String> heard =
                last.votes().stream().map(SignedVote::agent).collect(Collectors.toSet());
        String agents =
                last.terms().roster().seats().stream()
                        .filter(seat -> seat.standing().votes() && !heard.contains(seat.agent()))
                        .filter(
                                seat ->
                                        waited
                                                >= limit(
                                                        seat,
                                                        last.terms().closesAtMillis() - asked))
                        .map(Seat::agent)
                        .collect(Collectors.joining(", "));
        return agents.isEmpty() ? "" : "; not heard in time: " + agents;
    }

    private long limit(Seat seat, long roundMillis) {
        return Math.min(roundMillis, rounds.limitMillis(seat.role()));
    }

    private Map<AgentRole, Long> in(IncidentState phase) {
        Map<AgentRole, Long> times = new EnumMap<>(AgentRole.class);
        if (phase == IncidentState.DIAGNOSING) {
            times.put(AgentRole.DIAGNOSIS, rounds.limitMillis(AgentRole.DIAGNOSIS));
        } else if (phase == IncidentState.DECIDING) {
            long all = rounds.closesAt(0, rounds.rounds());
            for (AgentRole role : AgentRole.values()) {
                times.put(role, Math.min(all, rounds.limitMillis(role)));
            }
        }
        return times;
    }
}
