// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.CausalRanking;
import io.incidentcommander.model.diagnosis.MetricTable;
import io.incidentcommander.model.diagnosis.RankedCause;
import io.incidentcommander.model.diagnosis.Symptom;
import io.incidentcommander.udfs.diagnosis.causal.CausalRanker;
import io.incidentcommander.udfs.diagnosis.table.GraphCsv;
import io.incidentcommander.udfs.diagnosis.table.MetricCsv;
import io.incidentcommander.udfs.diagnosis.table.Numbers;
import io.incidentcommander.udfs.diagnosis.table.TableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code diagnose}: which node is the root cause, from topology and metric series, offline. */
@Command(
        name = "diagnose",
        description = {
            "Rank the nodes of a call graph as the root cause of an issue, with evidence.",
            "Metric files: three header rows (node, metric, statistic), then a row per period,",
            "its time first. Graph: names in the first row and column, 1 where row calls column."
        })
public final class DiagnoseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--graph", paramLabel = "F", required = true, description = "Who calls whom.")
    private Path graph;

    @Option(
            names = "--normal",
            paramLabel = "F",
            required = true,
            description = "Metrics of a period in which nothing was wrong.")
    private Path normal;

    @Option(
            names = "--issue",
            paramLabel = "F",
            required = true,
            description = "Metrics around the issue.")
    private Path issue;

    @Option(
            names = "--symptom",
            paramLabel = "NODE",
            description = "Where something was seen. Default: all that is unusual counts.")
    private String symptom;

    @Option(names = "--metric", paramLabel = "M", description = "In which metric of NODE.")
    private String metric;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When: Unix seconds or milliseconds, or ISO 8601.")
    private String at;

    @Option(names = "--json", description = "Print the ranking as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Optional<Symptom> seen = symptom();
        CallGraph calls = read(graph, GraphCsv::read);
        MetricTable before = read(normal, MetricCsv::read);
        MetricTable during = read(issue, MetricCsv::read);
        requireKnown(calls, before, during);
        CausalRanking ranking = new CausalRanker().rank(calls, before, during, seen);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(ranking));
        } else {
            print(ranking, out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private Optional<Symptom> symptom() {
        if (symptom == null) {
            if (metric != null || at != null) {
                throw new ParameterException(
                        spec.commandLine(), "--metric and --at tell more of a --symptom: name it");
            }
            return Optional.empty();
        }
        OptionalDouble time = at == null ? OptionalDouble.empty() : Numbers.time(at);
        if (at != null && time.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--at is neither Unix time nor ISO 8601: '" + at + "'");
        }
        return Optional.of(new Symptom(symptom, Optional.ofNullable(metric), time));
    }

    private void requireKnown(CallGraph calls, MetricTable before, MetricTable during) {
        if (symptom == null || calls.nodes().contains(symptom)) {
            return;
        }
        boolean measured =
                before.series().keySet().stream().anyMatch(k -> k.node().equals(symptom))
                        || during.series().keySet().stream()
                                .anyMatch(k -> k.node().equals(symptom));
        if (!measured) {
            throw new ParameterException(
                    spec.commandLine(), "no node '" + symptom + "' in the graph or the metrics");
        }
    }

    private interface Reader<T> {
        T read(String text) throws TableException;
    }

    private static <T> T read(Path file, Reader<T> reader) throws IOException {
        InputFiles.requireReadable(file);
        try {
            return reader.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (TableException e) {
            throw new InputUnusableException(file + " " + e.getMessage());
        }
    }

    private static String json(CausalRanking ranking) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("verdict", word(ranking));
        ArrayNode causes = root.putArray("ranking");
        for (RankedCause cause : ranking.causes()) {
            ObjectNode node = causes.addObject();
            node.put("node", cause.node());
            node.put("score", cause.score());
            ArrayNode evidence = node.putArray("evidence");
            cause.evidence().forEach(evidence::add);
        }
        root.put("chance", ranking.chance());
        return mapper.writeValueAsString(root);
    }

    private static void print(CausalRanking ranking, PrintWriter out) {
        if (ranking.verdict() == CausalRanking.Verdict.NOTHING_UNUSUAL) {
            out.printf(
                    Locale.ROOT,
                    "nothing unusual: %.0f %% of normal stretches look like this, or more so%n",
                    100 * ranking.chance());
            return;
        }
        int rank = 1;
        for (RankedCause cause : ranking.causes()) {
            out.printf(Locale.ROOT, "%d. %s (score %.2f)%n", rank++, cause.node(), cause.score());
            cause.evidence().forEach(line -> out.println("     " + line));
        }
    }

    private static String word(CausalRanking ranking) {
        return ranking.verdict().name().toLowerCase(Locale.ROOT);
    }
}
