// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RostersTest {
    private static Map<String, Integer> power(Roster roster) {
        return roster.seats().stream().collect(Collectors.toMap(Seat::agent, Seat::powerPpm));
    }

    private static List<Seat> defaults() {
        return new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
    }

    private static void quarantine(List<Seat> seats, String agent) {
        seats.replaceAll(s -> s.agent().equals(agent) ? s.with(SeatStanding.QUARANTINED, 0) : s);
    }

    @Test
    void theDefaultRosterNeedsNoCapAndToleratesOneOfSix() {
        Roster roster = Agents.defaultRoster();
        assertThat(power(roster))
                .isEqualTo(
                        Map.of(
                                "detection/rules", 200_000,
                                "diagnosis/model", 200_000,
                                "diagnosis/causal", 200_000,
                                "prediction/seasonal", 150_000,
                                "prediction/lstm", 150_000,
                                "resolution/runbook", 100_000));
        assertThat(roster.cap()).isEqualTo(CapStatus.NOT_NEEDED);
        assertThat(roster.tolerance()).isEqualTo("tolerates 1 of 6");
    }

    @Test
    void withoutPredictionTheOthersHaveItsShare() {
        Roster roster = Agents.freeze(defaults(), Set.of(AgentRole.PREDICTION));
        assertThat(power(roster))
                .isEqualTo(
                        Map.of(
                                "detection/rules", 285_715,
                                "diagnosis/model", 285_714,
                                "diagnosis/causal", 285_714,
                                "prediction/seasonal", 0,
                                "prediction/lstm", 0,
                                "resolution/runbook", 142_857));
        assertThat(roster.tolerance()).isEqualTo("tolerates 1 of 4");
    }

    @Test
    void aFamilyWithMoreThanAThirdIsCutBelowIt() {
        List<Seat> seats = defaults();
        seats.add(Agents.seat("diagnosis/second", AgentRole.DIAGNOSIS, "model", 1));
        seats.add(Agents.seat("detection/model", AgentRole.DETECTION, "model", 1));
        Roster roster = Agents.freeze(seats, Set.of());
        assertThat(roster.cap()).isEqualTo(CapStatus.CAPPED);
        assertThat(roster.cappedFamilies()).containsExactly("model");
        assertThat(
                        roster.seats().stream()
                                .filter(s -> s.family().equals("model"))
                                .mapToInt(Seat::powerPpm)
                                .sum())
                .isEqualTo(333_333);
        assertThat(roster.eligiblePpm()).isEqualTo(1_000_000);
    }

    @Test
    void quarantineLeavesTheDenominatorWhileFourFamiliesAreLeft() {
        List<Seat> seats = defaults();
        quarantine(seats, "diagnosis/model");
        Roster roster = Agents.freeze(seats, Set.of());
        assertThat(roster.seat("diagnosis/model").orElseThrow().standing())
                .isEqualTo(SeatStanding.QUARANTINED);
        assertThat(power(roster)).containsEntry("diagnosis/causal", 250_000);
        assertThat(roster.eligiblePpm()).isEqualTo(1_000_000);
        assertThat(roster.tolerance()).isEqualTo("tolerates 1 of 5");
    }

    @Test
    void quarantineThatWouldLeaveThreeStaysInTheDenominatorWithoutAVote() {
        List<Seat> seats = defaults();
        quarantine(seats, "diagnosis/model");
        Roster roster = Agents.freeze(seats, Set.of(AgentRole.PREDICTION));
        assertThat(roster.seat("diagnosis/model").orElseThrow().standing())
                .isEqualTo(SeatStanding.CONFINED);
        assertThat(power(roster)).containsEntry("diagnosis/model", 285_714);
        assertThat(roster.tolerance()).isEqualTo("tolerates 0 of 3");
        assertThat(roster.cap()).isNotEqualTo(CapStatus.INFEASIBLE);
    }

    @Test
    void fourAgentsOfThreeFamiliesKeepRawWeightsAndTolerateNothing() {
        List<Seat> seats =
                List.of(
                        Agents.seat("a", AgentRole.DETECTION, "x", 1),
                        Agents.seat("b", AgentRole.DIAGNOSIS, "x", 1),
                        Agents.seat("c", AgentRole.PREDICTION, "y", 1),
                        Agents.seat("d", AgentRole.RESOLUTION, "z", 1));
        Roster roster = Agents.freeze(seats, Set.of());
        assertThat(roster.cap()).isEqualTo(CapStatus.INFEASIBLE);
        assertThat(roster.toleratedAgents()).isZero();
        assertThat(power(roster))
                .isEqualTo(Map.of("a", 200_000, "b", 400_000, "c", 300_000, "d", 100_000));
    }

    @Test
    void oneAgentARoleIsCapped() {
        List<Seat> seats =
                List.of(
                        Agents.seat("a", AgentRole.DETECTION, "w", 1),
                        Agents.seat("b", AgentRole.DIAGNOSIS, "x", 1),
                        Agents.seat("c", AgentRole.PREDICTION, "y", 1),
                        Agents.seat("d", AgentRole.RESOLUTION, "z", 1));
        Roster roster = Agents.freeze(seats, Set.of());
        assertThat(roster.cap()).isEqualTo(CapStatus.CAPPED);
        assertThat(power(roster).get("b")).isEqualTo(333_333);
        assertThat(roster.eligiblePpm()).isEqualTo(1_000_000);
    }
}
