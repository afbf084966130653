// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.CausalRanking;
import io.incidentcommander.model.diagnosis.CausalRanking.Verdict;
import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import io.incidentcommander.model.diagnosis.Symptom;
import io.incidentcommander.udfs.diagnosis.causal.SimulatedServices.Fault;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausalRankerTest {
    private static final int SEEDS = 20;

    /** Floors below what was measured; the figures are in docs/quality.md. */
    @ParameterizedTest
    @CsvSource({
        "SLOW, 10, 0.95, 0.95", "SLOW, 40, 0.9, 0.9",
        "FAILING, 10, 0.95, 0.95", "FAILING, 40, 0.8, 0.8",
        "CPU, 10, 0.95, 0.95", "CPU, 40, 0.95, 0.95",
        "MEMORY, 10, 0.95, 0.95", "MEMORY, 40, 0.7, 0.7",
        "SURGE, 10, 0.7, 0.95", "SURGE, 40, 0.65, 0.9"
    })
    void findsTheCulpritAmongSimulatedServices(
            Fault fault, int services, double topOne, double topThree) {
        for (boolean told : new boolean[] {false, true}) {
            int first = 0;
            int third = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                SimulatedServices world = new SimulatedServices(seed, services, fault);
                CausalRanking ranking = rank(world, told);
                int rank = rankOf(world.name(world.culprit), ranking);
                first += rank == 1 ? 1 : 0;
                third += rank >= 1 && rank <= 3 ? 1 : 0;
            }
            String what =
                    fault
                            + " of "
                            + services
                            + (told ? " told" : "")
                            + ", seeds 0 to "
                            + (SEEDS - 1);
            System.out.printf("%s: first %d, in the first three %d%n", what, first, third);
            assertThat(first / (double) SEEDS).as("top-1 " + what).isGreaterThanOrEqualTo(topOne);
            assertThat(third / (double) SEEDS).as("top-3 " + what).isGreaterThanOrEqualTo(topThree);
        }
    }

    /** Other graphs, vocabularies, units and periods; floors below what was measured. */
    @Test
    void findsTheCulpritOfApplicationsThatAreMeasuredInOtherWays() {
        int all = 0;
        int first = 0;
        int third = 0;
        for (SimulatedApplication.Fault what : SimulatedApplication.Fault.values()) {
            for (SimulatedApplication.Place place : SimulatedApplication.Place.values()) {
                boolean hidden =
                        what == SimulatedApplication.Fault.NONE
                                || what == SimulatedApplication.Fault.CRASH;
                if (!hidden) {
                    SimulatedApplication app = new SimulatedApplication(7, what, place, 1);
                    int rank = rankOf(app.culprit(), ScoreCausal.rank(app, false));
                    all++;
                    first += rank == 1 ? 1 : 0;
                    third += rank >= 1 && rank <= 3 ? 1 : 0;
                }
            }
        }
        assertThat(first / (double) all).as("first of " + all).isGreaterThanOrEqualTo(0.6);
        assertThat(third / (double) all).as("in three of " + all).isGreaterThanOrEqualTo(0.75);
    }

    @Test
    void manyRowsAreReadByTheirMeans() {
        CallGraph graph = CallGraph.builder().call("front", "back").build();
        MetricTable normal = noisy(1_200, 0);
        MetricTable issue = noisy(600, 0.04);

        CausalRanking ranking = new CausalRanker().rank(graph, normal, issue, Optional.empty());

        assertThat(ranking.causes().get(0).node()).isEqualTo("back");
        assertThat(
                        new CausalRanker()
                                .rank(graph, normal, noisy(600, 0), Optional.empty())
                                .verdict())
                .isEqualTo(Verdict.NOTHING_UNUSUAL);
    }

    /** A change about as large as the noise of a row. */
    private static MetricTable noisy(int rows, double slower) {
        Random random = new Random(rows + (slower > 0 ? 1 : 0));
        double[] times = new double[rows];
        double[] front = new double[rows];
        double[] back = new double[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = 1_700_000_000L + row;
            back[row] = 0.1 + slower + 0.03 * random.nextGaussian();
            front[row] = 0.05 + back[row] + 0.01 * random.nextGaussian();
        }
        return new MetricTable(
                times,
                Map.of(
                        new MetricKey("front", "latency", "Average"), front,
                        new MetricKey("back", "latency", "Average"), back));
    }

    @ParameterizedTest
    @CsvSource({"10", "40", "120"})
    void saysNothingUnusualWhereNothingIs(int services) {
        int quiet = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedServices world = new SimulatedServices(seed, services, Fault.NONE);
            quiet += rank(world, false).verdict() == Verdict.NOTHING_UNUSUAL ? 1 : 0;
        }
        assertThat(quiet).as("quiet of " + SEEDS).isGreaterThanOrEqualTo(SEEDS - 2);
    }

    @Test
    void theOrderOfColumnsAndNamesOfOthersDoNotMatter() {
        SimulatedServices world = new SimulatedServices(3, 12, Fault.SLOW);
        CausalRanking once = rank(world, false);
        CausalRanking again = rank(new SimulatedServices(3, 12, Fault.SLOW), false);
        assertThat(again.causes().toString()).isEqualTo(once.causes().toString());
    }

    @Test
    void aCallerThatWaitsForASlowCalleeIsNotTheCause() {
        CallGraph graph = CallGraph.builder().call("front", "back").build();
        MetricTable normal = table(60, 100, Map.of("front", 0.3, "back", 0.1), Map.of());
        MetricTable issue =
                table(4, 100, Map.of("front", 0.3, "back", 0.1), Map.of("front", 0.5, "back", 0.5));

        CausalRanking ranking = new CausalRanker().rank(graph, normal, issue, Optional.empty());

        assertThat(ranking.causes().get(0).node()).isEqualTo("back");
        assertThat(ranking.causes().get(0).evidence().get(0))
                .startsWith("back latency Average rose to 0.")
                .contains("times its usual spread, from 22:15");
        assertThat(ranking.causes().get(0).evidence()).contains("it calls nothing else");
    }

    @Test
    void aCallerThatIsSlowByItselfIs() {
        CallGraph graph = CallGraph.builder().call("front", "back").build();
        MetricTable normal = table(60, 100, Map.of("front", 0.3, "back", 0.1), Map.of());
        MetricTable issue = table(4, 100, Map.of("front", 0.3, "back", 0.1), Map.of("front", 0.5));

        CausalRanking ranking = new CausalRanker().rank(graph, normal, issue, Optional.empty());

        assertThat(ranking.causes().get(0).node()).isEqualTo("front");
        assertThat(ranking.causes().get(0).evidence()).contains("its own callee stayed normal");
    }

    @Test
    void aCycleOfCallsDoesNotHideTheCause() {
        CallGraph graph = CallGraph.builder().call("a", "b").call("b", "c").call("c", "a").build();
        Map<String, Double> usual = Map.of("a", 0.2, "b", 0.2, "c", 0.2);
        MetricTable normal = table(60, 100, usual, Map.of());
        MetricTable issue = table(4, 100, usual, Map.of("a", 0.3, "b", 0.9, "c", 0.3));

        CausalRanking ranking = new CausalRanker().rank(graph, normal, issue, Optional.empty());

        assertThat(ranking.causes().get(0).node()).isEqualTo("b");
    }

    @Test
    void aCalleeThatNobodyMeasuresIsNamedBehindItsCaller() {
        CallGraph graph = CallGraph.builder().call("front", "back").call("back", "dark").build();
        Map<String, Double> usual = Map.of("front", 0.3, "back", 0.1);
        MetricTable normal = table(60, 100, usual, Map.of());
        MetricTable issue = table(4, 100, usual, Map.of("front", 0.5, "back", 0.5));

        CausalRanking ranking = new CausalRanker().rank(graph, normal, issue, Optional.empty());

        assertThat(rankOf("back", ranking)).isEqualTo(1);
        assertThat(rankOf("dark", ranking)).isEqualTo(2);
    }

    @Test
    void aSinglePeriodSufficesAndMissingValuesAreSurvived() {
        SimulatedServices world = new SimulatedServices(5, 20, Fault.FAILING);
        MetricTable issue = world.issue();
        int last = issue.rows();
        CausalRanking ranking =
                new CausalRanker()
                        .rank(
                                world.graph(),
                                holed(world.normal()),
                                holed(issue.rows(last - 1, last)),
                                Optional.empty());
        assertThat(rankOf(world.name(world.culprit), ranking)).isEqualTo(1);
    }

    @Test
    void nothingComesOfNothing() {
        MetricTable none = new MetricTable(new double[] {0}, Map.of());
        CallGraph graph = CallGraph.builder().call("a", "b").build();
        assertThat(new CausalRanker().rank(graph, none, none, Optional.empty()).verdict())
                .isEqualTo(Verdict.NOTHING_UNUSUAL);
    }

    private static MetricTable holed(MetricTable table) {
        Map<MetricKey, double[]> series = new TreeMap<>();
        int[] i = {0};
        table.series()
                .forEach(
                        (key, values) -> {
                            double[] holed = values.clone();
                            boolean tail = key.statistic().equals("p99");
                            if (tail && i[0]++ % 2 == 0) {
                                Arrays.fill(holed, Double.NaN);
                            }
                            series.put(key, holed);
                        });
        double[] times = new double[table.rows()];
        for (int row = 0; row < times.length; row++) {
            times[row] = table.time(row);
        }
        return new MetricTable(times, series);
    }

    private static CausalRanking rank(SimulatedServices world, boolean told) {
        Optional<Symptom> symptom =
                told
                        ? Optional.of(
                                new Symptom(
                                        world.name(0), Optional.empty(), OptionalDouble.empty()))
                        : Optional.empty();
        return new CausalRanker().rank(world.graph(), world.normal(), world.issue(), symptom);
    }

    private static int rankOf(String node, CausalRanking ranking) {
        for (int i = 0; i < ranking.causes().size(); i++) {
            if (ranking.causes().get(i).node().equals(node)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Latency that wobbles by 2 %, and from the third row on by so much more. */
    private static MetricTable table(
            int rows, double requests, Map<String, Double> usual, Map<String, Double> more) {
        Map<MetricKey, double[]> series = new TreeMap<>();
        double[] times = new double[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = 1_700_000_000L + 60.0 * row;
        }
        usual.forEach(
                (node, level) -> {
                    double[] latency = new double[rows];
                    double[] count = new double[rows];
                    for (int row = 0; row < rows; row++) {
                        double wobble = 1 + 0.02 * Math.sin(row * 1.7 + node.hashCode());
                        double extra = row >= 2 ? more.getOrDefault(node, 0.0) : 0;
                        latency[row] = level * wobble + extra;
                        count[row] = requests;
                    }
                    series.put(new MetricKey(node, "latency", "Average"), latency);
                    series.put(new MetricKey(node, "requests", "Sum"), count);
                });
        return new MetricTable(times, series);
    }
}
