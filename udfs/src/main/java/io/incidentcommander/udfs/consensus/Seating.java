// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.ThreatState;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.TrustPhase;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the setting of a round of who is registered and how far each is trusted. Pure.
 *
 * <p>Agents in doubt vote, but do not count as trusted: on probation, or with half the suspicion
 * that quarantine takes. Quarantine is in force for those first who were first sent there, and only
 * as far as more than two thirds of the registered power and three agents go on voting: past that,
 * somebody slanders or more than a third lies, which the threat level answers, not a tally of the
 * few that are left.
 */
public final class Seating implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_VOTING = 3;

    private final Map<AgentRole, Integer> roleWeights;
    private final Standings standings;
    private final ThreatPolicy threat;

    public Seating(Map<AgentRole, Integer> roleWeights, Standings standings, ThreatPolicy threat) {
        this.roleWeights = Map.copyOf(roleWeights);
        this.standings = standings;
        this.threat = threat;
    }

    /** The default weights, standings and threat levels. */
    public static Seating defaults(Standings standings) {
        return new Seating(Rosters.DEFAULT_WEIGHTS, standings, ThreatPolicy.DEFAULT);
    }

    /**
     * @param standing by agent id, brought to {@code nowMillis} by {@link Standings#at}
     * @param inapplicable roles that have nothing to say about the incident
     */
    public Seated seat(
            Collection<RegisteredAgent> registered,
            Function<String, AgentStanding> standing,
            Set<AgentRole> inapplicable,
            ThreatState before,
            long nowMillis) {
        List<Seat> seats = new ArrayList<>();
        for (RegisteredAgent agent : registered) {
            if (!agent.isRevoked(agent.keyEpoch())) {
                seats.add(seat(agent, standing.apply(agent.agent()), nowMillis));
            }
        }
        limitQuarantine(seats, standing);
        Roster roster = Rosters.freeze(roleWeights, seats, inapplicable);
        ThreatState now = threat.next(before, suspectPpm(seats), nowMillis);
        return new Seated(new RoundSetup(roster, now.level().protocol()), now);
    }

    private Seat seat(RegisteredAgent agent, AgentStanding standing, long nowMillis) {
        double factor =
                standing.phase() == TrustPhase.QUARANTINED
                        ? standings
                                .policy()
                                .reputation()
                                .powerFactor(standings.reputation(standing, nowMillis))
                        : standings.powerFactor(standing, nowMillis);
        return new Seat(
                agent.agent(),
                agent.role(),
                agent.family(),
                agent.keyEpoch(),
                agent.publicKey(),
                (int) Math.round(factor * Seat.WHOLE_PPM),
                seatStanding(standing, nowMillis),
                0);
    }

    private SeatStanding seatStanding(AgentStanding standing, long nowMillis) {
        if (standing.phase() == TrustPhase.QUARANTINED) {
            return SeatStanding.QUARANTINED;
        }
        double doubt = standings.policy().suspicion().limit() / 2;
        boolean doubted =
                standing.phase() == TrustPhase.PROBATION
                        || standings.suspicion(standing, nowMillis).points() >= doubt;
        return doubted ? SeatStanding.DOUBTED : SeatStanding.TRUSTED;
    }

    private void limitQuarantine(List<Seat> seats, Function<String, AgentStanding> standing) {
        List<Seat> quarantined = new ArrayList<>();
        for (Seat seat : seats) {
            if (seat.standing() == SeatStanding.QUARANTINED) {
                quarantined.add(seat);
            }
        }
        if (quarantined.isEmpty()) {
            return;
        }
        quarantined.sort(
                Comparator.comparingLong((Seat seat) -> standing.apply(seat.agent()).sinceMillis())
                        .thenComparing(Seat::agent));
        Roster all = registeredPower(seats);
        int voting = seats.size();
        int out = 0;
        for (Seat seat : quarantined) {
            int power = all.seat(seat.agent()).orElseThrow().powerPpm();
            if (3 * (out + power) < Seat.WHOLE_PPM && voting - 1 >= LEAST_VOTING) {
                out += power;
                voting--;
            } else {
                seats.set(seats.indexOf(seat), seat.with(SeatStanding.DOUBTED, 0));
            }
        }
    }

    /** The suspect share of the power of all that are registered: those in doubt. */
    private int suspectPpm(List<Seat> seats) {
        if (seats.stream().noneMatch(seat -> seat.standing() == SeatStanding.DOUBTED)) {
            return 0;
        }
        Roster all = registeredPower(seats);
        int suspect = 0;
        for (Seat seat : seats) {
            if (seat.standing() == SeatStanding.DOUBTED) {
                suspect += all.seat(seat.agent()).orElseThrow().powerPpm();
            }
        }
        return suspect;
    }

    /** As if all were trusted alike: suspicion must not make the suspect look small. */
    private Roster registeredPower(List<Seat> seats) {
        List<Seat> all = new ArrayList<>();
        for (Seat seat : seats) {
            all.add(
                    new Seat(
                            seat.agent(),
                            seat.role(),
                            seat.family(),
                            seat.keyEpoch(),
                            seat.publicKey(),
                            Seat.WHOLE_PPM,
                            SeatStanding.TRUSTED,
                            0));
        }
        return Rosters.freeze(roleWeights, all, Set.of());
    }

    /** The setting of a round and the threat level it came with. Immutable. */
    public static final class Seated {
        private final RoundSetup setup;
        private final ThreatState threat;

        private Seated(RoundSetup setup, ThreatState threat) {
            this.setup = setup;
            this.threat = threat;
        }

        public RoundSetup setup() {
            return setup;
        }

        public ThreatState threat() {
            return threat;
        }
    }
}
