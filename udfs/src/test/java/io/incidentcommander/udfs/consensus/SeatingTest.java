// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.ThreatLevel;
import io.incidentcommander.model.consensus.ThreatState;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.TrustPhase;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** From who is registered and how far each is trusted to the setting of a round. */
class SeatingTest {
    private static final long NOW = Agents.NOW;
    private static final Standings STANDINGS = new Standings(StandingPolicy.defaults());
    private static final Seating SEATING = Seating.defaults(STANDINGS);

    private final Map<String, AgentStanding> standings = new HashMap<>();

    private static List<RegisteredAgent> registered(int revoked) {
        List<RegisteredAgent> agents = new ArrayList<>();
        for (DefaultRoster member : DefaultRoster.values()) {
            agents.add(
                    new RegisteredAgent(
                            "acme",
                            member.agent(),
                            member.role(),
                            member.family(),
                            1,
                            Agents.publicKey(member.agent()),
                            agents.size() < revoked ? 1 : 0));
        }
        return agents;
    }

    private void suspect(DefaultRoster member, double points, long at) {
        AgentStanding before =
                standings.getOrDefault(member.agent(), AgentStanding.unknown(member.agent()));
        Evidence evidence = new Evidence("e" + at, "TEST", points, at);
        AgentStanding after = STANDINGS.suspected(before, evidence).standing();
        standings.put(member.agent(), STANDINGS.at(after, NOW));
    }

    private Seating.Seated seated() {
        return SEATING.seat(
                registered(0),
                agent -> standings.getOrDefault(agent, AgentStanding.unknown(agent)),
                Set.of(),
                ThreatState.none(),
                NOW);
    }

    private SeatStanding standing(DefaultRoster member) {
        return seated().setup().roster().seat(member.agent()).orElseThrow().standing();
    }

    @Test
    void allTrustedSeatsAreTheDefaultRoster() {
        Roster roster = seated().setup().roster();
        assertThat(roster).isEqualTo(Agents.defaultRoster());
        assertThat(seated().setup().protocol()).isEqualTo(Protocol.WEIGHTED);
    }

    @Test
    void whoseKeyIsRevokedHasNoSeat() {
        Roster roster =
                SEATING.seat(
                                registered(2),
                                AgentStanding::unknown,
                                Set.of(),
                                ThreatState.none(),
                                NOW)
                        .setup()
                        .roster();
        assertThat(roster.seats()).hasSize(4);
    }

    @Test
    void halfTheSuspicionOfAQuarantineMakesADoubtedAgentAndRaisesTheThreat() {
        suspect(DefaultRoster.DIAGNOSIS_MODEL, 39, NOW);
        assertThat(standing(DefaultRoster.DIAGNOSIS_MODEL)).isEqualTo(SeatStanding.TRUSTED);
        suspect(DefaultRoster.DIAGNOSIS_MODEL, 40, NOW - 1);
        assertThat(standing(DefaultRoster.DIAGNOSIS_MODEL)).isEqualTo(SeatStanding.DOUBTED);
        assertThat(seated().threat().level()).isEqualTo(ThreatLevel.HIGH); // 0.2 of the power
        assertThat(seated().setup().protocol()).isEqualTo(Protocol.TWO_ROUNDS);
    }

    @Test
    void whoIsOnProbationIsDoubtedThoughTheSuspicionHasFaded() {
        long caught = NOW - 29 * 3_600_000; // an hour before the probation ends
        String model = DefaultRoster.DIAGNOSIS_MODEL.agent();
        Evidence proof = new Evidence("proof", "TEST", 80, caught);
        AgentStanding out =
                STANDINGS.at(
                        STANDINGS.suspected(AgentStanding.unknown(model), proof).standing(),
                        caught);
        assertThat(out.phase()).isEqualTo(TrustPhase.QUARANTINED);
        AgentStanding standing = STANDINGS.at(out, NOW);
        standings.put(model, standing);
        assertThat(standing.phase()).isEqualTo(TrustPhase.PROBATION);
        assertThat(STANDINGS.suspicion(standing, NOW).points()).isLessThan(40);
        assertThat(standing(DefaultRoster.DIAGNOSIS_MODEL)).isEqualTo(SeatStanding.DOUBTED);
    }

    @Test
    void whoIsInQuarantineLeavesTheDenominatorAndIsNoThreat() {
        suspect(DefaultRoster.DIAGNOSIS_MODEL, 100, NOW);
        Roster roster = seated().setup().roster();
        assertThat(standing(DefaultRoster.DIAGNOSIS_MODEL)).isEqualTo(SeatStanding.QUARANTINED);
        assertThat(roster.votingAgents()).isEqualTo(5);
        assertThat(roster.eligiblePpm()).isEqualTo(Seat.WHOLE_PPM);
        assertThat(seated().threat().level()).isEqualTo(ThreatLevel.LOW);
    }

    @Test
    void aQuarantineOfAThirdIsNotInForceAndTheThreatIsCritical() {
        suspect(DefaultRoster.DIAGNOSIS_MODEL, 100, NOW);
        suspect(DefaultRoster.DIAGNOSIS_CAUSAL, 100, NOW);
        suspect(DefaultRoster.DETECTION_RULES, 100, NOW);
        Roster roster = seated().setup().roster();
        int out = 0;
        for (Seat seat : roster.seats()) {
            out += seat.standing() == SeatStanding.QUARANTINED ? 1 : 0;
        }
        assertThat(out).isEqualTo(1); // 0.2 is below a third, 0.4 is not
        assertThat(seated().threat().level()).isEqualTo(ThreatLevel.CRITICAL);
        assertThat(seated().setup().protocol()).isEqualTo(Protocol.HUMAN_ONLY);
    }

    @Test
    void quarantineLeavesThreeThatVoteHoweverLittlePowerItTakes() {
        List<RegisteredAgent> three = new ArrayList<>(registered(0));
        three.removeIf(
                agent ->
                        !agent.agent().equals(DefaultRoster.DETECTION_RULES.agent())
                                && !agent.agent().equals(DefaultRoster.DIAGNOSIS_MODEL.agent())
                                && !agent.agent().equals(DefaultRoster.RESOLUTION_RUNBOOK.agent()));
        suspect(DefaultRoster.RESOLUTION_RUNBOOK, 100, NOW); // a seventh of the power
        Roster roster =
                SEATING.seat(
                                three,
                                agent ->
                                        standings.getOrDefault(agent, AgentStanding.unknown(agent)),
                                Set.of(),
                                ThreatState.none(),
                                NOW)
                        .setup()
                        .roster();
        assertThat(roster.votingAgents()).isEqualTo(3);
        assertThat(roster.trustedAgents()).isEqualTo(2);
    }

    @Property(tries = 200)
    void moreThanTwoThirdsAndThreeAgentsGoOnVotingWhoeverIsSuspected(
            @ForAll @Size(6) List<@DoubleRange(min = 1, max = 100) Double> points) {
        standings.clear();
        int i = 0;
        for (DefaultRoster member : DefaultRoster.values()) {
            suspect(member, points.get(i++), NOW);
        }
        Roster roster = seated().setup().roster();
        int voting = 0;
        int power = 0;
        for (Seat seat : roster.seats()) {
            if (seat.standing().votes()) {
                voting++;
                power += Agents.defaultRoster().seat(seat.agent()).orElseThrow().powerPpm();
            }
        }
        assertThat(voting).isGreaterThanOrEqualTo(3);
        assertThat(3L * power).isGreaterThan(2L * Seat.WHOLE_PPM);
    }
}
