// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.diagnosis.logs.LogSampler;
import io.incidentcommander.connectors.diagnosis.logs.OrderedLog;
import io.incidentcommander.jobs.configuration.DurationText;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.udfs.diagnosis.logs.LogAnalysis;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.logs.LogReader;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import io.incidentcommander.udfs.diagnosis.table.Numbers;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logs}: what is out of the ordinary in logs since a time, whatever their size. */
@Command(
        name = "logs",
        description = {
            "Find the kinds of lines that came more often since a time than before it.",
            "Logs are lines of JSON in order of time. The time is searched for, and what is of it",
            "sampled where it lies: a terabyte takes no longer than the bound, 4 min of reading,",
            "or 100 MB that are considered."
        })
public final class LogsCommand implements Callable<Integer> {
    private static final Duration MOST_READING = Duration.ofMinutes(4);
    private static final List<String> COMPRESSED = List.of(".gz", ".zst", ".bz2", ".xz");

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Logs, or directories of them. Compressed ones cannot be searched.")
    private List<Path> files;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            required = true,
            description = "When it began: Unix seconds or milliseconds, or ISO 8601.")
    private String since;

    @Option(
            names = "--for",
            paramLabel = "T",
            defaultValue = "5m",
            description = "How long from then on is looked at. Default: 5m.")
    private Duration duration;

    @Option(
            names = "--baseline",
            paramLabel = "T",
            defaultValue = "55m",
            description = "How long before it is what is usual. Default: 55m.")
    private Duration baseline;

    @Option(
            names = "--service",
            paramLabel = "S",
            description = "Of this service alone. Lines without the word are not looked at.")
    private String service;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        long split = time();
        Limits limits = new Limits(spec);
        limits.duration("--for", duration, Duration.ofSeconds(10));
        limits.duration("--baseline", baseline, Duration.ofSeconds(10));
        List<Path> found = InputFiles.filesAt(files);
        found.forEach(LogsCommand::requireSearchable);
        SourceProfile profile = SourceProfile.detecting("logs");
        long from = split - baseline.toMillis();
        long to = split + duration.toMillis();
        LogAnalysis analysis =
                new LogAnalysis(
                        LogPolicy.defaults().withTimes(baseline.toMillis(), duration.toMillis()),
                        profile,
                        from,
                        split,
                        to);
        List<OrderedLog> logs = new ArrayList<>();
        try {
            for (Path file : found) {
                logs.add(new OrderedLog(Files.newByteChannel(file), line -> timeOf(line, profile)));
            }
            LogSampler sampler = new LogSampler(logs, from, to);
            sampler.read(bounds(analysis, sampler)::goOn, filtered(analysis)::add);
            report(analysis, sampler, logs);
        } finally {
            for (OrderedLog log : logs) {
                log.close();
            }
        }
        return ExitCode.DONE;
    }

    private long time() {
        OptionalDouble time = Numbers.time(since);
        if (time.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--since is neither Unix time nor ISO 8601: '" + since + "'");
        }
        return Math.round(time.getAsDouble() * 1_000);
    }

    private static void requireSearchable(Path file) {
        String name = file.getFileName().toString();
        if (COMPRESSED.stream().anyMatch(name::endsWith)) {
            throw new InputUnusableException(
                    "is compressed, so that no time can be searched for in it; unpack it first: "
                            + file);
        }
    }

    private static OptionalLong timeOf(byte[] line, SourceProfile profile) {
        return new LogReader(profile)
                .read(line).stream().mapToLong(LogRecord::timeMillis).findFirst();
    }

    /** Whoever takes the lines. */
    private interface Taker {
        void add(byte[] line);
    }

    private Taker filtered(LogAnalysis analysis) {
        if (service == null) {
            return analysis::add;
        }
        byte[] word = service.getBytes(StandardCharsets.UTF_8);
        return line -> {
            if (contains(line, word)) {
                analysis.add(line);
            }
        };
    }

    private static boolean contains(byte[] line, byte[] word) {
        for (int start = 0; start <= line.length - word.length; start++) {
            int same = 0;
            while (same < word.length && line[start + same] == word[same]) {
                same++;
            }
            if (same == word.length) {
                return true;
            }
        }
        return false;
    }

    private Bounds bounds(LogAnalysis analysis, LogSampler sampler) {
        return new Bounds(analysis, sampler, Progress.on(spec.commandLine().getErr()));
    }

    /** Until enough was considered, or the time is up. */
    private static final class Bounds {
        private final LogAnalysis analysis;
        private final LogSampler sampler;
        private final Progress progress;
        private final long end = System.nanoTime() + MOST_READING.toNanos();

        Bounds(LogAnalysis analysis, LogSampler sampler, Progress progress) {
            this.analysis = analysis;
            this.sampler = sampler;
            this.progress = progress;
        }

        boolean goOn() {
            progress.report(() -> String.format(Locale.ROOT, "%.1f %%", 100 * sampler.share()));
            return analysis.consideredBytes() < LogPolicy.TOTAL_BYTES * 99 / 100
                    && System.nanoTime() < end;
        }
    }

    private void report(LogAnalysis analysis, LogSampler sampler, List<OrderedLog> logs)
            throws IOException {
        long read = logs.stream().mapToLong(OrderedLog::bytesRead).sum();
        List<LogFinding> findings =
                analysis.findings(new Redaction(Addresses.KEPT)).stream()
                        .filter(f -> service == null || f.service().equals(service))
                        .collect(Collectors.toList());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(findings, analysis, sampler, read));
        } else {
            print(findings, out);
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "read %,d bytes; %,d are of this time, of which %s; %,d entries, left out %s%n",
                read,
                sampler.bytes(),
                sampler.share() < 1
                        ? String.format(Locale.ROOT, "%.3g %% were read", 100 * sampler.share())
                        : "all were read",
                analysis.entries(),
                analysis.skipped());
        err.flush();
    }

    private void print(List<LogFinding> findings, PrintWriter out) {
        if (findings.isEmpty()) {
            out.println("nothing out of the ordinary");
        }
        for (LogFinding finding : findings) {
            out.printf(
                    Locale.ROOT,
                    "%s %s: %,d lines in %s, usually %.3g (by chance: %.1g), %s to %s%n",
                    finding.service(),
                    finding.severity(),
                    finding.count(),
                    DurationText.format(duration),
                    finding.usual(),
                    finding.chance(),
                    Instant.ofEpochMilli(finding.firstMillis()),
                    Instant.ofEpochMilli(finding.lastMillis()));
            out.println("     " + finding.template());
            out.println("     " + finding.example());
        }
    }

    private static String asJson(
            List<LogFinding> findings, LogAnalysis analysis, LogSampler sampler, long read)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("bytes_read", read);
        root.put("bytes_of_the_time", sampler.bytes());
        root.put("share_read", sampler.share());
        root.put("entries", analysis.entries());
        ObjectNode skipped = root.putObject("left_out");
        analysis.skipped().forEach((why, n) -> skipped.put(why.name().toLowerCase(Locale.ROOT), n));
        ArrayNode all = root.putArray("findings");
        for (LogFinding finding : findings) {
            ObjectNode node = all.addObject();
            node.put("service", finding.service());
            node.put("severity", finding.severity().name());
            node.put("template", finding.template());
            node.put("example", finding.example());
            node.put("count", finding.count());
            node.put("usual", finding.usual());
            node.put("chance", finding.chance());
            node.put("first", Instant.ofEpochMilli(finding.firstMillis()).toString());
            node.put("last", Instant.ofEpochMilli(finding.lastMillis()).toString());
        }
        return mapper.writeValueAsString(root);
    }
}
