// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.CommanderCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The goals of consensus, measured on few seeds; the table of the documentation has more. */
class SimulationTest {
    private static final int ROUNDS = 90;
    private static final int ROUNDS_BAD = 40;
    private static final int SEEDS_BAD = 4;

    @ParameterizedTest
    @EnumSource(Attack.class)
    void belowAThirdNoDecisionIsWrongAndNoHonestAgentIsQuarantined(Attack attack) {
        int undecided = 0;
        for (long seed = 1; seed <= 5; seed++) {
            SimulationResult result = run(6, "0.33", attack, seed);
            String what = attack + ", seed " + seed;
            assertThat(result.wrongDecisions()).as(what).isZero();
            assertThat(result.honestQuarantined()).as(what).isZero();
            assertThat(result.byzantinePpm()).as(what).isBetween(200_000, 333_332);
            assertThat(result.decisions() + result.undecided()).isEqualTo(ROUNDS);
            undecided += result.undecided();
        }
        assertThat(undecided).as(attack + ": under one in twenty").isLessThan(5 * ROUNDS / 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = Attack.class,
            names = {"ALWAYS_WRONG", "COLLUSION", "ON_OFF", "EQUIVOCATION", "SYBIL", "SLANDER"})
    void whoStrikesInEveryRoundIsOutWithinTwenty(Attack attack) {
        for (long seed = 1; seed <= 5; seed++) {
            SimulationResult result = run(30, "0.32", attack, seed);
            String what = attack + ", seed " + seed;
            assertThat(result.byzantineQuarantined()).as(what).isEqualTo(result.byzantine());
            assertThat(result.roundsToQuarantineMedian().orElseThrow()).as(what).isLessThan(20);
            assertThat(result.roundsToRecover()).as(what).isLessThanOrEqualTo(20);
        }
    }

    /** The invariants of each step are the simulation's own: it throws, naming the seed. */
    @ParameterizedTest
    @EnumSource(Attack.class)
    void invariantsHoldAfterEachStepOfAnyAttackOnABadNetwork(Attack attack) {
        int agreed = 0;
        int lost = 0;
        int doubled = 0;
        int restores = 0;
        for (long seed = 1; seed <= SEEDS_BAD; seed++) {
            SimulationResult result =
                    new Simulation(
                                    SimulationPlan.of(
                                            6, "0.33", attack, ROUNDS_BAD, seed, Network.BAD))
                            .run(done -> {});
            assertThat(result.wrongDecisions()).as(attack + ", seed " + seed).isZero();
            assertThat(result.decisions() + result.undecided()).isEqualTo(ROUNDS_BAD);
            agreed += result.decisions();
            lost += result.faults().lost();
            doubled += result.faults().doubled();
            restores += result.faults().restores();
        }
        int runs = SEEDS_BAD * ROUNDS_BAD;
        // The runs are no use if the interesting things do not happen in them.
        assertThat(agreed).isGreaterThan(runs / 2);
        assertThat(lost).isGreaterThan(runs / 10);
        assertThat(doubled).isGreaterThan(runs / 5);
        assertThat(restores).isGreaterThan(runs / 5);
    }

    @Test
    void theSameSeedIsTheSameRunOnABadNetworkToo() throws IOException {
        SimulationPlan plan = SimulationPlan.of(6, "0.33", Attack.SLANDER, 40, 3, Network.BAD);
        StringWriter one = new StringWriter();
        StringWriter other = new StringWriter();
        new Simulation(plan).run(done -> {}).writeJson(one);
        new Simulation(plan).run(done -> {}).writeJson(other);
        assertThat(one.toString()).isEqualTo(other.toString()).contains("\"network\":\"bad\"");
    }

    @Test
    void aMajorityVoteErrsWhereTheCoreDoesNot() {
        int majority = 0;
        int core = 0;
        for (long seed = 1; seed <= 5; seed++) {
            SimulationResult result = run(6, "2", Attack.COLLUSION, seed);
            majority += result.baselines().get("majority").wrong();
            core += result.wrongDecisions();
            assertThat(result.byzantine()).isEqualTo(2);
        }
        assertThat(majority).isPositive();
        assertThat(core).isZero();
    }

    @Test
    void moreThanTwoThirdsOfLiarsDecideAndThatIsSaid() {
        assertThat(run(30, "0.75", Attack.COLLUSION, 1).wrongDecisions()).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        assertThat(json("7")).isEqualTo(json("7")).isNotEqualTo(json("8"));
        JsonNode result = new ObjectMapper().readTree(json("7"));
        assertThat(result.fieldNames())
                .toIterable()
                .startsWith(
                        "decisions",
                        "wrong_decisions",
                        "undecided",
                        "escalated",
                        "byzantine_quarantined",
                        "honest_quarantined",
                        "rounds_to_quarantine_median",
                        "baselines");
        assertThat(result.get("baselines").fieldNames())
                .toIterable()
                .containsExactly("dawid_skene", "majority", "median_confidence", "role_weighted");
    }

    @Test
    void whatMakesNoSenseIsWrongUsage() {
        assertThat(execute(new StringWriter(), "0.2", "betrayal", "1")).isEqualTo(2);
        assertThat(execute(new StringWriter(), "1.2", "random", "1")).isEqualTo(2);
        assertThat(execute(new StringWriter(), "seven", "random", "1")).isEqualTo(2);
        assertThat(execute(new StringWriter(), "1e-1", "random", "1")).isEqualTo(2);
        for (String no : new String[] {"NaN", "1d", "0x1p0", "1.", "-1", "-0.1", "1e400", ""}) {
            assertThat(execute(new StringWriter(), no, "random", "1")).as(no).isEqualTo(2);
        }
        assertThatThrownBy(() -> SimulationPlan.of(6, "7", Attack.RANDOM, 10, 1))
                .hasMessageContaining("0 to 6 Byzantine agents, not 7")
                .hasMessageNotContaining("7.0");
    }

    private static SimulationResult run(int agents, String byzantine, Attack attack, long seed) {
        return new Simulation(SimulationPlan.of(agents, byzantine, attack, ROUNDS, seed))
                .run(done -> {});
    }

    private static String json(String seed) {
        StringWriter out = new StringWriter();
        assertThat(execute(out, "0.32", "sleeper", seed)).isZero();
        return out.toString();
    }

    private static int execute(StringWriter out, String byzantine, String attack, String seed) {
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(
                        "consensus",
                        "simulate",
                        "--agents",
                        "6",
                        "--byzantine",
                        byzantine,
                        "--attack",
                        attack,
                        "--rounds",
                        "40",
                        "--seed",
                        seed,
                        "--json");
    }
}
