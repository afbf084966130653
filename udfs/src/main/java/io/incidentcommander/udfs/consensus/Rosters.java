// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.udfs.consensus.VotingPower.Weighted;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Freezes rosters: who is in the denominator, who may vote, and with what power. Pure.
 *
 * <p>An agent's raw weight is its role's weight, shared by all registered agents of the role, times
 * its reputation. Whoever leaves the denominator leaves its share to all others in proportion, not
 * to its role.
 */
public final class Rosters {
    /** Detection 0.2, diagnosis 0.4, prediction 0.3, resolution 0.1. */
    public static final Map<AgentRole, Integer> DEFAULT_WEIGHTS =
            Map.of(
                    AgentRole.DETECTION, 200_000,
                    AgentRole.DIAGNOSIS, 400_000,
                    AgentRole.PREDICTION, 300_000,
                    AgentRole.RESOLUTION, 100_000);

    private Rosters() {}

    /**
     * @param roleWeights in ppm; roles that are not there weigh nothing
     * @param registered all agents, each once, as TRUSTED, DOUBTED or QUARANTINED; their power is
     *     not read
     * @param inapplicable roles that have nothing to say about the incident
     */
    public static Roster freeze(
            Map<AgentRole, Integer> roleWeights,
            Collection<Seat> registered,
            Set<AgentRole> inapplicable) {
        List<Seat> seats = new ArrayList<>(registered);
        seats.sort(Comparator.comparing(Seat::agent));
        leave(seats, roleWeights, inapplicable);
        return withPower(roleWeights, seats);
    }

    /**
     * The same standings with the power that follows from them; what the seats say of power is not
     * read. Whoever checks a roster compares it with this.
     */
    public static Roster withPower(Map<AgentRole, Integer> roleWeights, List<Seat> seats) {
        List<Weighted> eligible = eligible(seats, roleWeights);
        boolean feasible = feasible(eligible);
        VotingPower power = feasible ? VotingPower.capped(eligible) : VotingPower.raw(eligible);
        List<Seat> frozen = new ArrayList<>(seats.size());
        for (Seat seat : seats) {
            int ppm = seat.standing().eligible() ? power.of(seat.agent()) : 0;
            frozen.add(seat.with(seat.standing(), ppm));
        }
        CapStatus cap =
                !feasible
                        ? CapStatus.INFEASIBLE
                        : power.cappedFamilies().isEmpty()
                                ? CapStatus.NOT_NEEDED
                                : CapStatus.CAPPED;
        return new Roster(
                roleWeights, frozen, cap, power.cappedFamilies(), feasible ? tolerated(frozen) : 0);
    }

    /** Whether standings are those that {@link #freeze} could have come to. */
    static boolean standingsHold(Roster roster) {
        for (int weight : roster.roleWeights().values()) {
            if (weight < 0 || weight > Seat.WHOLE_PPM) {
                return false;
            }
        }
        Set<AgentRole> inapplicable = EnumSet.noneOf(AgentRole.class);
        List<Seat> registered = new ArrayList<>();
        for (Seat seat : roster.seats()) {
            SeatStanding standing = seat.standing();
            if (standing == SeatStanding.MUTED || standing == SeatStanding.INAPPLICABLE) {
                inapplicable.add(seat.role());
                registered.add(seat.with(SeatStanding.TRUSTED, 0));
            } else if (standing == SeatStanding.CONFINED) {
                registered.add(seat.with(SeatStanding.QUARANTINED, 0));
            } else {
                registered.add(seat);
            }
        }
        return freeze(roster.roleWeights(), registered, inapplicable).equals(roster);
    }

    private static void leave(
            List<Seat> seats, Map<AgentRole, Integer> roleWeights, Set<AgentRole> inapplicable) {
        seats.replaceAll(
                seat ->
                        seat.standing() == SeatStanding.QUARANTINED
                                ? seat.with(SeatStanding.CONFINED, 0)
                                : seat);
        for (AgentRole role : AgentRole.values()) {
            if (inapplicable.contains(role)) {
                List<Seat> without = new ArrayList<>(seats);
                without.replaceAll(
                        seat ->
                                seat.role() == role
                                        ? seat.with(SeatStanding.INAPPLICABLE, 0)
                                        : seat);
                boolean may = feasible(eligible(without, roleWeights));
                seats.replaceAll(
                        seat ->
                                seat.role() != role
                                        ? seat
                                        : seat.with(
                                                may
                                                        ? SeatStanding.INAPPLICABLE
                                                        : SeatStanding.MUTED,
                                                0));
            }
        }
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            if (seat.standing() == SeatStanding.CONFINED) {
                seats.set(i, seat.with(SeatStanding.QUARANTINED, 0));
                if (!feasible(eligible(seats, roleWeights))) {
                    seats.set(i, seat);
                }
            }
        }
    }

    private static List<Weighted> eligible(List<Seat> seats, Map<AgentRole, Integer> roleWeights) {
        EnumMap<AgentRole, Integer> sharing = new EnumMap<>(AgentRole.class);
        seats.forEach(seat -> sharing.merge(seat.role(), 1, Integer::sum));
        BigInteger all = BigInteger.ONE;
        for (int count : sharing.values()) {
            all = all.multiply(BigInteger.valueOf(count));
        }
        List<Weighted> eligible = new ArrayList<>();
        for (Seat seat : seats) {
            if (seat.standing().eligible()) {
                long product =
                        (long) roleWeights.getOrDefault(seat.role(), 0) * seat.reputationPpm();
                BigInteger weight =
                        BigInteger.valueOf(product)
                                .multiply(all)
                                .divide(BigInteger.valueOf(sharing.get(seat.role())));
                eligible.add(new Weighted(seat.agent(), seat.family(), weight));
            }
        }
        return eligible;
    }

    /** Whether shares below a third can add up to the whole. */
    private static boolean feasible(List<Weighted> eligible) {
        Set<String> families = new HashSet<>();
        int identities = 0;
        for (Weighted agent : eligible) {
            if (agent.hasWeight()) {
                identities++;
                families.add(agent.family());
            }
        }
        return identities >= VotingPower.LEAST_SHARES
                && families.size() >= VotingPower.LEAST_SHARES;
    }

    /** The most agents, whichever, that together with those who cannot vote are below a third. */
    private static int tolerated(List<Seat> seats) {
        long[] voting =
                seats.stream()
                        .filter(seat -> seat.standing().votes())
                        .mapToLong(Seat::powerPpm)
                        .sorted()
                        .toArray();
        long all = seats.stream().mapToLong(Seat::powerPpm).sum();
        long lost = all - Arrays.stream(voting).sum();
        int faulty = 0;
        while (faulty < voting.length) {
            lost += voting[voting.length - 1 - faulty];
            if (3 * lost >= all) {
                break;
            }
            faulty++;
        }
        return faulty;
    }
}
