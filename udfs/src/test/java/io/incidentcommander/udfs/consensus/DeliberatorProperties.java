// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random rosters, agents and deliveries; everything is drawn from one seed that is printed. */
class DeliberatorProperties {
    private static final ActionId HONEST = Agents.RESTART.id();
    private static final List<Protocol> TALLIED =
            List.of(Protocol.WEIGHTED, Protocol.STRICT, Protocol.TWO_ROUNDS);

    private static Roster roster(Random random, int agents) {
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            AgentRole role = AgentRole.values()[random.nextInt(4)];
            String family = "family" + random.nextInt(agents);
            seats.add(Agents.seat("agent" + i, role, family, 0.2 + 0.8 * random.nextDouble()));
        }
        return Agents.freeze(seats, Set.of());
    }

    /** With some agents in doubt, whose votes may be left out. */
    private static Roster doubting(Random random, Roster roster) {
        List<Seat> seats = new ArrayList<>();
        for (Seat seat : roster.seats()) {
            boolean doubted = random.nextInt(3) == 0;
            seats.add(seat.with(doubted ? SeatStanding.DOUBTED : SeatStanding.TRUSTED, 0));
        }
        return Agents.freeze(seats, Set.of());
    }

    /** As many of the agents, in random order, as together stay below a third. */
    private static Set<String> minority(Random random, Roster roster) {
        List<Seat> shuffled = new ArrayList<>(roster.seats());
        Collections.shuffle(shuffled, random);
        Set<String> liars = new HashSet<>();
        int power = 0;
        for (Seat seat : shuffled) {
            if (3 * (power + seat.powerPpm()) < 1_000_000) {
                liars.add(seat.agent());
                power += seat.powerPpm();
            }
        }
        return liars;
    }

    private static ActionId anyAction(Random random, RoundRequest request) {
        int pick = random.nextInt(request.terms().candidates().size() + 1);
        return pick == request.terms().candidates().size()
                ? ActionId.ABSTAIN
                : request.terms().candidates().actions().get(pick).id();
    }

    /** Anything that a liar with a valid key can send. */
    private static List<SignedRecommendation> lies(
            Random random, RoundRequest request, String agent) {
        List<SignedRecommendation> lies = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            double[] confidences = {0, 1, 0.5, Double.NaN, -1, 2, random.nextDouble()};
            Recommendation.Builder lie =
                    Agents.answer(
                            request,
                            agent,
                            anyAction(random, request),
                            confidences[random.nextInt(confidences.length)]);
            if (random.nextInt(3) == 0) {
                lie.requestId("invented" + random.nextInt(3));
            }
            if (random.nextInt(6) == 0) {
                lie.evidenceIds(List.of("invented"));
            }
            if (random.nextInt(6) == 0) {
                lie.round(1 + random.nextInt(4));
            }
            lies.add(Agents.unsigned(lie));
        }
        return lies;
    }

    @Property(tries = 3000)
    void aMinorityOfLiarsNeitherStopsNorBendsTheDecision(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 12) int agents) {
        Random random = new Random(seed);
        Roster roster = roster(random, agents);
        Assume.that(roster.cap() != CapStatus.INFEASIBLE);
        Set<String> liars = minority(random, roster);
        Protocol protocol = TALLIED.get(random.nextInt(3));
        Table table = new Table(Circumstances.fixed(new RoundSetup(roster, protocol)));
        int answered = 0;
        while (answered < table.requests.size()) {
            RoundRequest request = table.requests.get(answered++);
            List<SignedRecommendation> votes = new ArrayList<>();
            for (Seat seat : roster.seats()) {
                if (liars.contains(seat.agent())) {
                    votes.addAll(lies(random, request, seat.agent()));
                } else {
                    double confidence = 0.7 + 0.3 * random.nextDouble();
                    votes.add(Agents.vote(request, seat.agent(), HONEST, confidence));
                }
            }
            Collections.shuffle(votes, random);
            votes.forEach(table::cast);
        }
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(table.decisions.get(0).outcome().action()).isEqualTo(HONEST);
        assertThat(table.findings)
                .filteredOn(finding -> finding.kind().points() >= 30)
                .allSatisfy(finding -> assertThat(liars).contains(finding.agent()));
    }

    @Property(tries = 2000)
    void theOrderOfVotesDoesNotMatter(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 10) int agents) {
        Random random = new Random(seed);
        Roster roster = doubting(random, roster(random, agents));
        Protocol protocol = TALLIED.get(random.nextInt(3));
        long answers = random.nextLong();
        Decision first = deliberate(roster, protocol, answers, new Random(random.nextLong()));
        Decision second = deliberate(roster, protocol, answers, new Random(random.nextLong()));
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.outcome().round()).isEqualTo(first.outcome().round());
        assertThat(second.action()).isEqualTo(first.action());
    }

    /** Each agent's answer depends on the round alone; only the order is left to chance. */
    private static Decision deliberate(
            Roster roster, Protocol protocol, long answers, Random order) {
        Table table = new Table(Circumstances.fixed(new RoundSetup(roster, protocol)));
        int answered = 0;
        while (table.decisions.isEmpty()) {
            RoundRequest request = table.requests.get(answered);
            int round = request.terms().round();
            List<SignedRecommendation> votes = new ArrayList<>();
            for (Seat seat : roster.seats()) {
                Random mind = new Random(answers + 31L * round + seat.agent().hashCode());
                boolean follows = mind.nextInt(4) > 0;
                if (mind.nextInt(10) > 0) {
                    votes.add(
                            Agents.vote(
                                    request,
                                    seat.agent(),
                                    follows ? HONEST : anyAction(mind, request),
                                    0.5 + 0.5 * mind.nextDouble()));
                }
            }
            Collections.shuffle(votes, order);
            votes.forEach(table::cast);
            if (++answered == table.requests.size() && table.decisions.isEmpty()) {
                table.until(request.terms().closesAtMillis());
            }
        }
        return table.decisions.get(0);
    }

    @Property(tries = 2000)
    void whateverComesThereIsExactlyOneDecisionWithinTheTimeLimit(@ForAll long seed) {
        Random random = new Random(seed);
        Roster roster = roster(random, 3 + random.nextInt(6));
        Protocol protocol = Protocol.values()[random.nextInt(4)];
        Table table = new Table(Circumstances.fixed(new RoundSetup(roster, protocol)));
        List<SignedRecommendation> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            RoundRequest request = table.requests.get(random.nextInt(table.requests.size()));
            String agent = "agent" + random.nextInt(roster.seats().size());
            sent.addAll(lies(random, request, agent));
            if (!sent.isEmpty()) {
                table.cast(sent.get(random.nextInt(sent.size())));
            }
            if (random.nextInt(5) == 0) {
                table.until(Math.min(table.now + random.nextInt(30_000), Agents.NOW + 119_999));
            }
        }
        table.toTheEnd();
        sent.forEach(table::cast);
        table.until(Agents.NOW + 10_000_000);
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).outcome().decidedAtMillis())
                .isBetween(Agents.NOW, Agents.NOW + 120_000);
        assertThat(table.wakeUpAt()).isEmpty();
    }

    @Property(tries = 2000)
    void whatNoHonestAgentWantsIsNeverDecided(@ForAll long seed) {
        Random random = new Random(seed);
        Roster roster = roster(random, 4 + random.nextInt(8));
        Assume.that(roster.cap() != CapStatus.INFEASIBLE);
        Set<String> liars = minority(random, roster);
        Protocol protocol = TALLIED.get(random.nextInt(3));
        Table table = new Table(Circumstances.fixed(new RoundSetup(roster, protocol)));
        int answered = 0;
        while (answered < table.requests.size()) {
            RoundRequest request = table.requests.get(answered++);
            for (Seat seat : roster.seats()) {
                boolean lies = liars.contains(seat.agent());
                ActionId action = anyAction(random, request);
                boolean wanted = action.equals(Agents.SCALE.id());
                table.cast(
                        Agents.vote(
                                request,
                                seat.agent(),
                                lies ? Agents.SCALE.id() : wanted ? HONEST : action,
                                1));
            }
        }
        table.toTheEnd();
        Decision decision = table.decisions.get(0);
        assertThat(decision.status().agreed() && decision.action().equals(Agents.SCALE)).isFalse();
    }
}
