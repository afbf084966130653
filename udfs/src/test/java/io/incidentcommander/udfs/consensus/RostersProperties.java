// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RostersProperties {
    @Provide
    Arbitrary<List<Seat>> registered() {
        Arbitrary<Seat> one =
                Combinators.combine(
                                Arbitraries.of(AgentRole.class),
                                Arbitraries.integers().between(0, 6),
                                Arbitraries.doubles().between(0, 1),
                                Arbitraries.frequencyOf(
                                        net.jqwik.api.Tuple.of(
                                                6, Arbitraries.just(SeatStanding.TRUSTED)),
                                        net.jqwik.api.Tuple.of(
                                                2, Arbitraries.just(SeatStanding.DOUBTED)),
                                        net.jqwik.api.Tuple.of(
                                                2, Arbitraries.just(SeatStanding.QUARANTINED))))
                        .as(
                                (role, family, reputation, standing) ->
                                        Agents.seat("?", role, "family" + family, reputation)
                                                .with(standing, 0));
        return one.list().ofMinSize(1).ofMaxSize(14).map(RostersProperties::named);
    }

    @Provide
    Arbitrary<Set<AgentRole>> roles() {
        return Arbitraries.of(AgentRole.class).set().ofMaxSize(2);
    }

    private static List<Seat> named(List<Seat> seats) {
        List<Seat> named = new ArrayList<>();
        for (int i = 0; i < seats.size(); i++) {
            Seat s = seats.get(i);
            named.add(
                    new Seat(
                            "agent" + i,
                            s.role(),
                            s.family(),
                            1,
                            s.publicKey(),
                            s.reputationPpm(),
                            s.standing(),
                            0));
        }
        return named;
    }

    @Property
    void noIdentityAndNoFamilyHoldsAThird(
            @ForAll("registered") List<Seat> seats, @ForAll("roles") Set<AgentRole> roles) {
        Roster roster = Agents.freeze(seats, roles);
        if (roster.cap() == CapStatus.INFEASIBLE) {
            assertThat(roster.toleratedAgents()).isZero();
            return;
        }
        assertThat(roster.eligiblePpm()).isEqualTo(1_000_000);
        roster.seats().stream()
                .collect(Collectors.groupingBy(Seat::family, Collectors.summingInt(Seat::powerPpm)))
                .forEach((family, ppm) -> assertThat(3 * ppm).as(family).isLessThan(1_000_000));
    }

    @Property
    void theOrderOfRegistrationDoesNotMatter(
            @ForAll("registered") List<Seat> seats,
            @ForAll("roles") Set<AgentRole> roles,
            @ForAll long seed) {
        List<Seat> shuffled = new ArrayList<>(seats);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(Agents.freeze(shuffled, roles)).isEqualTo(Agents.freeze(seats, roles));
    }

    @Property
    void aRosterCanBeComputedAgainFromItself(
            @ForAll("registered") List<Seat> seats, @ForAll("roles") Set<AgentRole> roles) {
        Roster roster = Agents.freeze(seats, roles);
        assertThat(Rosters.withPower(roster.roleWeights(), roster.seats())).isEqualTo(roster);
        assertThat(Rosters.standingsHold(roster)).isTrue();
    }

    @Property
    void whoeverLeavesLeavesFourIdentitiesAndFamilies(
            @ForAll("registered") List<Seat> seats, @ForAll("roles") Set<AgentRole> roles) {
        Roster roster = Agents.freeze(seats, roles);
        boolean left = roster.seats().stream().anyMatch(s -> !s.standing().eligible());
        if (left) {
            List<Seat> rest =
                    roster.seats().stream()
                            .filter(s -> s.powerPpm() > 0)
                            .collect(Collectors.toList());
            assertThat(rest.stream().map(Seat::family).distinct().count())
                    .isGreaterThanOrEqualTo(4);
            assertThat(rest.size()).isGreaterThanOrEqualTo(4);
        }
    }

    @Property
    void toleranceMeansThatSoManyMayBeMissingAndTwoThirdsAreLeft(
            @ForAll("registered") List<Seat> seats, @ForAll("roles") Set<AgentRole> roles) {
        Roster roster = Agents.freeze(seats, roles);
        List<Integer> voting =
                roster.seats().stream()
                        .filter(s -> s.standing().votes())
                        .map(Seat::powerPpm)
                        .sorted()
                        .collect(Collectors.toList());
        int kept = voting.size() - roster.toleratedAgents();
        long left = voting.subList(0, kept).stream().mapToLong(ppm -> ppm).sum();
        if (roster.toleratedAgents() > 0) {
            assertThat(3 * left).isGreaterThan(2_000_000);
        }
    }
}
