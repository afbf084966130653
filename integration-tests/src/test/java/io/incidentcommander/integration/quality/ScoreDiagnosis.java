// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.CommanderCli;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs {@code diagnose} over the issues of a folder laid out as PetShop and prints the scores as
 * the tables of docs/quality.md, which says how to call it. The root cause is read after the run
 * only.
 */
public final class ScoreDiagnosis {
    private static final String NORMAL = "noissue/metrics.csv";
    private static final int ISSUE_ROWS = 5;
    private static final int HEADER_ROWS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScoreDiagnosis() {}

    /**
     * @param args folder of the data, then optionally {@code verbose}
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean verbose = args.length > 1;
        for (Hint hint : Hint.values()) {
            Map<String, Hits> hits = issues(Path.of(args[0]), hint, verbose ? out : null);
            out.println("| " + hint.words + " | issues | top-1 | top-3 |\n|---|--:|--:|--:|");
            Hits all = new Hits();
            hits.forEach((group, h) -> out.println(h.row(group)));
            hits.values().forEach(all::add);
            out.println(all.row("all"));
            out.println();
        }
        Path scratch = Files.createTempDirectory("diagnosis");
        for (Hint hint : Hint.values()) {
            specificity(Path.of(args[0]), hint, scratch)
                    .forEach(
                            (traffic, quiet) ->
                                    out.printf(
                                            Locale.ROOT,
                                            "| %s, %s | %d | %d | %.3f |%n",
                                            traffic,
                                            hint.words,
                                            quiet.all,
                                            quiet.first,
                                            quiet.topOne()));
        }
    }

    /** How much diagnose is told. */
    enum Hint {
        SYMPTOM("told node, metric and time"),
        NODE("told the node"),
        NONE("told nothing");

        final String words;

        Hint(String words) {
            this.words = words;
        }
    }

    /** Issues, and of how many the root cause came first and among the first three. */
    static final class Hits {
        int all;
        int first;
        int third;

        void rank(int rank) {
            all++;
            first += rank == 1 ? 1 : 0;
            third += rank >= 1 && rank <= 3 ? 1 : 0;
        }

        void add(Hits other) {
            all += other.all;
            first += other.first;
            third += other.third;
        }

        double topOne() {
            return first / (double) all;
        }

        double topThree() {
            return third / (double) all;
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT, "| %s | %d | %.3f | %.3f |", name, all, topOne(), topThree());
        }
    }

    /** By traffic, normal period used, and metric of the symptom. */
    static Map<String, Hits> issues(Path data, Hint hint, PrintStream details) throws IOException {
        Map<String, Hits> hits = new TreeMap<>();
        for (Path traffic : children(data)) {
            for (Path normal : normals(data, traffic)) {
                for (Path issue : children(traffic.resolve("train"))) {
                    JsonNode truth = JSON.readTree(issue.resolve("target.json").toFile());
                    JsonNode target = truth.path("target");
                    List<String> options = options(hint, target);
                    JsonNode result =
                            diagnose(
                                    traffic.resolve("graph.csv"),
                                    normal,
                                    issue.resolve("metrics.csv"),
                                    options);
                    int rank = rankOf(truth.path("root_cause").path("node").asText(), result);
                    String group =
                            traffic.getFileName()
                                    + (normal.startsWith(traffic)
                                            ? ""
                                            : " (normal of "
                                                    + normal.getParent().getParent().getFileName()
                                                    + ")")
                                    + ", "
                                    + target.path("metric").asText();
                    hits.computeIfAbsent(group, g -> new Hits()).rank(rank);
                    if (details != null) {
                        details.println(group + " " + issue.getFileName() + " rank " + rank);
                        details.println("  " + result.path("verdict") + result.path("chance"));
                        for (int i = 0; i < Math.min(4, result.path("ranking").size()); i++) {
                            details.println("    " + result.path("ranking").get(i));
                        }
                    }
                }
            }
        }
        return hits;
    }

    /** Stretches of one half of a normal period, judged by the other half. */
    static Map<String, Hits> specificity(Path data, Hint hint, Path scratch) throws IOException {
        Map<String, Hits> quiet = new TreeMap<>();
        for (Path traffic : children(data)) {
            Path normal = traffic.resolve(NORMAL);
            if (!Files.exists(normal)) {
                continue;
            }
            Path firstIssue = children(traffic.resolve("train")).get(0).resolve("target.json");
            JsonNode target = JSON.readTree(firstIssue.toFile()).path("target").deepCopy();
            List<String> lines = Files.readAllLines(normal);
            int half = (lines.size() - HEADER_ROWS) / 2;
            for (int at = 0; at + ISSUE_ROWS <= 2 * half; at += 2 * ISSUE_ROWS) {
                boolean early = at + ISSUE_ROWS <= half;
                Path before = scratch.resolve("normal.csv");
                Path during = scratch.resolve("issue.csv");
                Files.write(before, part(lines, early ? half : 0, early ? 2 * half : half));
                Files.write(during, part(lines, at, at + ISSUE_ROWS));
                String time = lines.get(HEADER_ROWS + at + 2).split(",", 2)[0];
                ((ObjectNode) target).put("timestamp", time);
                JsonNode result =
                        diagnose(
                                traffic.resolve("graph.csv"),
                                before,
                                during,
                                options(hint, target));
                boolean nothing = result.path("verdict").asText().equals("nothing_unusual");
                quiet.computeIfAbsent(traffic.getFileName().toString(), t -> new Hits())
                        .rank(nothing ? 1 : 0);
            }
        }
        return quiet;
    }

    private static List<String> part(List<String> lines, int from, int to) {
        List<String> part = new ArrayList<>(lines.subList(0, HEADER_ROWS));
        part.addAll(lines.subList(HEADER_ROWS + from, HEADER_ROWS + to));
        return part;
    }

    private static List<String> options(Hint hint, JsonNode target) {
        List<String> options = new ArrayList<>();
        if (hint != Hint.NONE) {
            options.addAll(List.of("--symptom", target.path("node").asText()));
        }
        if (hint == Hint.SYMPTOM) {
            options.addAll(List.of("--metric", target.path("metric").asText()));
            options.addAll(List.of("--at", target.path("timestamp").asText()));
        }
        return options;
    }

    /** From 1; 0 if the node is not in the ranking. */
    private static int rankOf(String node, JsonNode result) {
        int rank = 0;
        for (JsonNode cause : result.path("ranking")) {
            rank++;
            if (cause.path("node").asText().equals(node)) {
                return rank;
            }
        }
        return 0;
    }

    static JsonNode diagnose(Path graph, Path normal, Path issue, List<String> options)
            throws IOException {
        List<String> args = new ArrayList<>(List.of("diagnose", "--json"));
        args.addAll(List.of("--graph", graph.toString(), "--normal", normal.toString()));
        args.addAll(List.of("--issue", issue.toString()));
        args.addAll(options);
        StringWriter out = new StringWriter();
        int code =
                CommanderCli.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute(args.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("diagnose ended with " + code + " on " + issue);
        }
        return JSON.readTree(out.toString());
    }

    /** The traffic's own normal period, or where it has none, those of all others. */
    private static List<Path> normals(Path data, Path traffic) throws IOException {
        if (Files.exists(traffic.resolve(NORMAL))) {
            return List.of(traffic.resolve(NORMAL));
        }
        List<Path> others = new ArrayList<>();
        for (Path other : children(data)) {
            if (Files.exists(other.resolve(NORMAL))) {
                others.add(other.resolve(NORMAL));
            }
        }
        return others;
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, Files::isDirectory)) {
            found.forEach(children::add);
        }
        children.sort(null);
        return children;
    }
}
