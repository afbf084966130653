// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints the table of docs/consensus.md and draws its chart: attacks by Byzantine share, the core
 * beside the baselines, summed over seeds. Takes the file to draw to.
 */
final class SimulationReport {
    private static final int AGENTS = 20;
    private static final int ROUNDS = 100;
    private static final int SEEDS = 3;
    private static final List<String> SHARES = List.of("0.0", "0.1", "0.2", "0.32", "0.4", "0.5");
    private static final List<String> NAMES =
            List.of("core", "majority", "role_weighted", "median_confidence", "dawid_skene");
    private static final List<String> COLOURS =
            List.of("#0b6e4f", "#b23a48", "#d98324", "#6c5b7b", "#355c7d");

    private SimulationReport() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, int[]> wrongByShare = new TreeMap<>();
        System.out.println(
                "| attack | share | wrong | undecided | quarantined | honest quarantined "
                        + "| rounds to quarantine | majority | role weighted | median confidence "
                        + "| Dawid-Skene |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Attack attack : Attack.values()) {
            for (int s = 0; s < SHARES.size(); s++) {
                row(attack, s, wrongByShare);
            }
        }
        Files.writeString(Path.of(arguments[0]), chart(wrongByShare));
    }

    private static void row(Attack attack, int share, Map<String, int[]> wrongByShare) {
        int[] sums = new int[6];
        double median = 0;
        int medians = 0;
        Map<String, Integer> wrong = new TreeMap<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulationPlan plan =
                    SimulationPlan.of(AGENTS, SHARES.get(share), attack, ROUNDS, seed);
            SimulationResult result = new Simulation(plan).run(done -> {});
            int[] counts = {
                result.wrongDecisions(),
                result.undecided(),
                result.byzantineQuarantined(),
                result.byzantine(),
                result.honestQuarantined(),
                AGENTS - result.byzantine()
            };
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[i];
            }
            if (result.roundsToQuarantineMedian().isPresent()) {
                median += result.roundsToQuarantineMedian().getAsDouble();
                medians++;
            }
            wrong.merge("core", result.wrongDecisions(), Integer::sum);
            result.baselines().forEach((name, of) -> wrong.merge(name, of.wrong(), Integer::sum));
        }
        wrong.forEach(
                (name, count) ->
                        wrongByShare.computeIfAbsent(name, n -> new int[SHARES.size()])[share] +=
                                count);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d of %d | %d of %d | %s | %d | %d | %d | %d |%n",
                attack.word(),
                SHARES.get(share),
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                sums[4],
                sums[5],
                medians == 0 ? "" : String.format(Locale.ROOT, "%.1f", median / medians),
                wrong.get("majority"),
                wrong.get("role_weighted"),
                wrong.get("median_confidence"),
                wrong.get("dawid_skene"));
    }

    /** Wrong decisions in per cent, over all attacks, by share. */
    private static String chart(Map<String, int[]> wrongByShare) {
        double all = Attack.values().length * SEEDS * (double) ROUNDS;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 360\" "
                        + "font-family=\"sans-serif\" font-size=\"13\">\n"
                        + "<rect width=\"720\" height=\"360\" fill=\"white\"/>\n"
                        + "<text x=\"60\" y=\"24\" font-size=\"15\">Wrong decisions in per cent,"
                        + " mean of 13 attacks, by Byzantine share of power</text>\n");
        for (int percent = 0; percent <= 50; percent += 10) {
            double y = 310 - percent * 5.2;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"60\" x2=\"540\" y1=\"%1$.1f\" y2=\"%1$.1f\""
                                    + " stroke=\"#ddd\"/><text x=\"52\" y=\"%2$.1f\""
                                    + " text-anchor=\"end\">%3$d</text>%n",
                            y,
                            y + 4,
                            percent));
        }
        for (int n = 0; n < NAMES.size(); n++) {
            StringBuilder points = new StringBuilder();
            int[] wrong = wrongByShare.get(NAMES.get(n));
            for (int s = 0; s < SHARES.size(); s++) {
                double x = 60 + 960 * Double.parseDouble(SHARES.get(s));
                points.append(
                        String.format(Locale.ROOT, "%.1f,%.1f ", x, 310 - 520 * wrong[s] / all));
                if (n == 0) {
                    svg.append(
                            String.format(
                                    Locale.ROOT,
                                    "<text x=\"%.1f\" y=\"330\" text-anchor=\"middle\">%s</text>%n",
                                    x,
                                    SHARES.get(s)));
                }
            }
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<polyline fill=\"none\" stroke-width=\"%d\" stroke=\"%s\""
                                    + " points=\"%s\"/><text x=\"556\" y=\"%d\" fill=\"%s\">%s"
                                    + "</text>%n",
                            n == 0 ? 4 : 2,
                            COLOURS.get(n),
                            points.toString().strip(),
                            80 + 24 * n,
                            COLOURS.get(n),
                            NAMES.get(n).replace('_', ' ')));
        }
        return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
    }
}
