// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.jobs.CommanderCli;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Runs {@code detect} over every {@code *_alerts.csv.gz} of a folder and prints the scores as the
 * tables of docs/quality.md, which says how to call it. The labels are read after the run only.
 */
public final class ScoreGrouping {
    private static final String SUFFIX = "_alerts.csv.gz";

    private ScoreGrouping() {}

    /**
     * @param args folder of the data, mapping, folder for results, then further options of detect
     */
    public static void main(String[] args) throws IOException {
        Map<String, GroupingScore> scores = new TreeMap<>();
        Map<String, Double> seconds = new TreeMap<>();
        List<Path> inputs = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of(args[0]), "*" + SUFFIX)) {
            found.forEach(inputs::add);
        }
        for (Path input : inputs) {
            String scenario = input.getFileName().toString().replace(SUFFIX, "");
            Path results = Path.of(args[2]).resolve(scenario);
            long began = System.nanoTime();
            detect(input, Path.of(args[1]), results, List.of(args).subList(3, args.length));
            seconds.put(scenario, (System.nanoTime() - began) / 1e9);
            scores.put(scenario, LabelledResults.score(input, results));
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        printScenarios(scores, seconds, out);
        printPhases("by time", scores, GroupingScore::phasesByTime, out);
        printPhases("by event", scores, GroupingScore::phasesByEvent, out);
    }

    static void detect(Path input, Path mapping, Path results, List<String> options) {
        List<String> args = new ArrayList<>(List.of("detect", "--input", input.toString()));
        args.addAll(List.of("--mapping", mapping.toString(), "--out", results.toString()));
        args.addAll(options);
        int code = CommanderCli.commandLine().execute(args.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("detect ended with " + code + " on " + input);
        }
    }

    private static void printScenarios(
            Map<String, GroupingScore> scores, Map<String, Double> seconds, PrintStream out) {
        out.println(
                "| scenario | alerts | incidents | reduction | survivors | recall by time | recall"
                        + " by event | attack incidents | purity | pair precision | pair recall |"
                        + " pair F1 | seconds |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        scores.forEach((name, s) -> out.println(row(name, List.of(s), seconds.get(name))));
        double all = seconds.values().stream().mapToDouble(s -> s).sum();
        out.println(row("all (means)", List.copyOf(scores.values()), all));
    }

    private static String row(String name, List<GroupingScore> scores, double seconds) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.2f %% | %.3f %% | %.3f | %.3f | %d | %.3f | %.3f | %.3f |"
                        + " %.3f | %.0f |",
                name,
                scores.stream().mapToLong(GroupingScore::alerts).sum(),
                scores.stream().mapToLong(GroupingScore::incidents).sum(),
                100 * mean(scores, GroupingScore::reduction),
                100 * mean(scores, GroupingScore::survivorShare),
                mean(scores, s -> GroupingScore.recall(s.phasesByTime())),
                mean(scores, s -> GroupingScore.recall(s.phasesByEvent())),
                scores.stream().mapToLong(GroupingScore::attackIncidents).sum(),
                mean(scores, GroupingScore::purity),
                mean(scores, GroupingScore::pairPrecision),
                mean(scores, GroupingScore::pairRecall),
                mean(scores, GroupingScore::pairF1),
                seconds);
    }

    private static double mean(List<GroupingScore> scores, ToDoubleFunction<GroupingScore> of) {
        return scores.stream().mapToDouble(of).average().orElse(0);
    }

    private static void printPhases(
            String title,
            Map<String, GroupingScore> scores,
            Function<GroupingScore, Map<String, Boolean>> phases,
            PrintStream out) {
        Map<String, Map<String, Boolean>> byPhase = new TreeMap<>();
        scores.forEach(
                (scenario, score) ->
                        phases.apply(score)
                                .forEach(
                                        (phase, seen) ->
                                                byPhase.computeIfAbsent(phase, p -> new TreeMap<>())
                                                        .put(scenario, seen)));
        out.println();
        out.println("| phase " + title + " | " + String.join(" | ", scores.keySet()) + " |");
        out.println("|---|" + "---|".repeat(scores.size()));
        byPhase.forEach(
                (phase, seen) -> {
                    StringBuilder line = new StringBuilder("| " + phase + " |");
                    for (String scenario : scores.keySet()) {
                        Boolean was = seen.get(scenario);
                        String word = was == null ? "absent" : was ? "found" : "**missed**";
                        line.append(' ').append(word).append(" |");
                    }
                    out.println(line);
                });
    }
}
