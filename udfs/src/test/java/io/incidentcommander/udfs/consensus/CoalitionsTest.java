// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every coalition of the default roster, with and without prediction, under every protocol. */
class CoalitionsTest {
    private static final ActionId HONEST = Agents.RESTART.id();
    private static final ActionId WRONG = Agents.SCALE.id();

    private enum Conduct {
        LIES,
        LIES_AT_ZERO,
        SUPPORTS_AT_ZERO,
        SILENT,
        NOT_A_NUMBER
    }

    private static final Set<Protocol> TALLIED =
            EnumSet.of(Protocol.WEIGHTED, Protocol.STRICT, Protocol.TWO_ROUNDS);

    private static Decision decide(
            Roster roster, Protocol protocol, List<String> coalition, Conduct conduct) {
        Table table = new Table(Circumstances.fixed(new RoundSetup(roster, protocol)));
        int answered = 0;
        while (answered < table.requests.size()) {
            RoundRequest request = table.requests.get(answered++);
            for (Seat seat : roster.seats()) {
                boolean lies = coalition.contains(seat.agent());
                if (!lies) {
                    table.cast(Agents.vote(request, seat.agent(), HONEST, 0.9));
                } else if (conduct != Conduct.SILENT) {
                    boolean supports = conduct == Conduct.SUPPORTS_AT_ZERO;
                    double confidence = conduct == Conduct.LIES ? 1 : 0;
                    table.cast(
                            Agents.vote(
                                    request,
                                    seat.agent(),
                                    supports ? HONEST : WRONG,
                                    conduct == Conduct.NOT_A_NUMBER ? Double.NaN : confidence));
                }
            }
            if (answered == table.requests.size() && table.decisions.isEmpty()) {
                table.until(request.terms().closesAtMillis());
            }
        }
        assertThat(table.decisions).hasSize(1);
        return table.decisions.get(0);
    }

    private static List<String> coalition(Roster roster, int bits) {
        List<String> coalition = new ArrayList<>();
        for (int i = 0; i < roster.seats().size(); i++) {
            if ((bits >> i & 1) == 1) {
                coalition.add(roster.seats().get(i).agent());
            }
        }
        return coalition;
    }

    private static int power(Roster roster, List<String> agents) {
        return agents.stream().mapToInt(a -> roster.seat(a).orElseThrow().powerPpm()).sum();
    }

    @Test
    void everyCoalitionUnderAThirdIsOutvotedAndNoneUnderTwoThirdsDecides() {
        int outvoted = 0;
        for (Set<AgentRole> inapplicable :
                List.of(Set.<AgentRole>of(), Set.of(AgentRole.PREDICTION))) {
            Roster roster = Agents.freeze(DefaultRoster.seats(Agents::publicKey), inapplicable);
            for (int bits = 0; bits < 64; bits++) {
                List<String> coalition = coalition(roster, bits);
                int power = power(roster, coalition);
                for (Protocol protocol : TALLIED) {
                    for (Conduct conduct : Conduct.values()) {
                        Decision decision = decide(roster, protocol, coalition, conduct);
                        if (3 * power < 1_000_000) {
                            outvoted++;
                            assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
                            assertThat(decision.action()).isEqualTo(Agents.RESTART);
                        } else if (3 * power <= 2_000_000) {
                            assertThat(
                                            decision.status().agreed()
                                                    && decision.outcome().action().equals(WRONG))
                                    .isFalse();
                        }
                    }
                }
            }
        }
        // 10 coalitions of the six are below a third, and 20 of those with prediction set aside.
        assertThat(outvoted).isGreaterThan(200);
    }

    @Test
    void anyOneOfTheSixMayBeGoneForGood() {
        for (DefaultRoster gone : DefaultRoster.values()) {
            List<Seat> rest = new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
            rest.removeIf(seat -> seat.agent().equals(gone.agent()));
            Decision decision =
                    decide(
                            Agents.freeze(rest, Set.of()),
                            Protocol.WEIGHTED,
                            List.of(),
                            Conduct.SILENT);
            assertThat(decision.action()).isEqualTo(Agents.RESTART);
            assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
        }
    }

    @Test
    void anyOneOfTheSixMayBeInQuarantineWithoutPrediction() {
        for (DefaultRoster out : DefaultRoster.values()) {
            List<Seat> seats = new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
            seats.replaceAll(
                    s -> s.agent().equals(out.agent()) ? s.with(SeatStanding.QUARANTINED, 0) : s);
            Decision decision =
                    decide(
                            Agents.freeze(seats, Set.of(AgentRole.PREDICTION)),
                            Protocol.WEIGHTED,
                            List.of(out.agent()),
                            Conduct.LIES);
            assertThat(decision.action()).isEqualTo(Agents.RESTART);
            assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
        }
    }

    /**
     * Whichever of the agents that there may be exist: no one has a third, as many as are said to
     * be tolerated are, whoever they are, and one more is not.
     */
    @Test
    void whateverAgentsExistTheToleranceIsWhatItSays() {
        List<Seat> all = new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
        all.add(Agents.seat("diagnosis/patterns", AgentRole.DIAGNOSIS, "patterns", 1));
        all.add(Agents.seat("diagnosis/calls", AgentRole.DIAGNOSIS, "calls", 1));
        int tolerant = 0;
        for (int exist = 1; exist < 1 << all.size(); exist++) {
            List<Seat> seats = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if ((exist >> i & 1) == 1) {
                    seats.add(all.get(i));
                }
            }
            Roster roster = Agents.freeze(seats, Set.of());
            boolean few = seats.size() < 4;
            assertThat(roster.cap() == CapStatus.INFEASIBLE).isEqualTo(few);
            assertThat(roster.eligiblePpm()).isEqualTo(Seat.WHOLE_PPM);
            assertThat(roster.toleratedAgents()).isEqualTo(few ? 0 : worstCase(roster));
            assertThat(roster.toleratedAgents() > 0).isEqualTo(!few);
            if (!few) {
                tolerant++;
                outvotesAnyOne(roster);
            }
        }
        assertThat(tolerant).isEqualTo(256 - 1 - 8 - 28 - 56);
    }

    private static void outvotesAnyOne(Roster roster) {
        for (Seat one : roster.seats()) {
            assertThat(3 * one.powerPpm()).isLessThan(Seat.WHOLE_PPM);
            for (Conduct conduct : List.of(Conduct.LIES, Conduct.SILENT)) {
                Decision decision =
                        decide(roster, Protocol.WEIGHTED, List.of(one.agent()), conduct);
                assertThat(decision.action()).isEqualTo(Agents.RESTART);
                assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
            }
        }
    }

    /** The most agents of whom no choice has a third, by trying all choices. */
    private static int worstCase(Roster roster) {
        int least = roster.seats().size();
        for (int bits = 1; bits < 1 << roster.seats().size(); bits++) {
            if (3 * power(roster, coalition(roster, bits)) >= Seat.WHOLE_PPM) {
                least = Math.min(least, Integer.bitCount(bits) - 1);
            }
        }
        return least;
    }

    @Test
    void withoutADecisionNothingIsDoneUnasked() {
        Roster roster = Agents.defaultRoster();
        Decision decision =
                decide(roster, Protocol.WEIGHTED, coalition(roster, 0b000111), Conduct.LIES);
        assertThat(decision.status()).isEqualTo(DecisionStatus.UNRESOLVED);
        assertThat(decision.status().agreed()).isFalse();
        assertThat(Action.ESCALATE.id()).isNotEqualTo(decision.outcome().action());
    }
}
