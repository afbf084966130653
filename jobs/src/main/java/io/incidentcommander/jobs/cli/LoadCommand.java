// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.load.LoadDiagnosis;
import io.incidentcommander.jobs.load.LoadModel;
import io.incidentcommander.jobs.load.LoadPlan;
import io.incidentcommander.jobs.load.LoadResult;
import io.incidentcommander.jobs.load.LoadRun;
import io.incidentcommander.jobs.load.LoadStages;
import io.incidentcommander.jobs.load.LoadTransport;
import io.incidentcommander.jobs.local.EndOfJobNoise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load}: open-loop load through the whole topology, beside a job that only parses. */
@Command(
        name = "load",
        description = {
            "Put a storm through the whole topology and measure.",
            "Latency counts from the time an alert was meant to be sent until it is deduplicated.",
            "Before it, the same bytes go through a job that only reads and parses: the limit."
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ConfigurationMixin configuration;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Records per second; 0, or left out: as many as it takes.")
    private long rate;

    @Option(
            names = "--source",
            paramLabel = "generator|kafka|kinesis",
            defaultValue = "generator",
            description = {
                "The road in: straight from the generator, or published into an embedded broker",
                "and read from there, which needs --rate. Default: generator."
            })
    private String source;

    @Option(
            names = "--for",
            paramLabel = "T",
            defaultValue = "60s",
            description = "How long. Default: 60s.")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "T",
            defaultValue = "2m",
            description = {
                "How long each of the two runs before it is measured; comes on top. From the",
                "generator at a rate it goes on, 4 min at most, until nothing is behind.",
                "Through a broker the rate rises to all of it meanwhile. Default: 2m."
            })
    private Duration warmUp;

    @Option(
            names = "--parse-only-for",
            paramLabel = "T",
            defaultValue = "20s",
            description = "How long the reference runs; 0s: not at all. Default: 20s.")
    private Duration parseOnly;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            description = "Exact share of repeats, instead of Zipf popularity over fingerprints.")
    private Double duplicates;

    @Option(
            names = "--canonical",
            paramLabel = "BYTES",
            description = "Only canonical alerts of so many bytes, instead of mixed formats.")
    private Integer canonical;

    @Option(
            names = "--diagnosis",
            paramLabel = "off|offline|answering|hanging",
            defaultValue = "off",
            description = {
                "Whether causes are looked for beside it: without a model, by a stub of one that",
                "answers, or by one that never does, each analysis having 20 s. Default: off."
            })
    private String diagnosis;

    @Option(
            names = "--stages",
            paramLabel = "all|sampling",
            defaultValue = "all",
            description = {
                "How far the records go: up to incidents, or up to the sample of each service,",
                "which leaves out all that works by tenant. Default: all."
            })
    private String stages;

    @Option(names = "--parallelism", paramLabel = "P", description = "Default: as configured.")
    private Integer parallelism;

    @Option(
            names = "--state",
            paramLabel = "rocksdb|hashmap",
            description = "State backend. Default: as configured.")
    private String state;

    @Option(names = "--json", paramLabel = "F", description = "Write the result to F as well.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        Map<String, String> flags = new TreeMap<>();
        if (parallelism != null) {
            flags.put("parallelism", String.valueOf(parallelism));
        }
        if (state != null) {
            flags.put("state.backend", state);
        }
        LoadTransport transport = transport();
        LoadDiagnosis causes = diagnosis();
        LoadStages reach = stages();
        checkLimits();
        StormSpec storm = storm();
        PrintWriter err = spec.commandLine().getErr();
        EndOfJobNoise.hide();
        Path directory = Files.createTempDirectory("commander-load-");
        try (LoadModel model = LoadModel.start(causes, directory.resolve("model"), err::println)) {
            flags.putAll(model.options());
            CommanderConfiguration options = configuration.load(flags);
            LoadPlan plan =
                    new LoadPlan(
                            storm, rate, warmUp, duration, parseOnly, options, transport, causes,
                            reach);
            LoadResult result = new LoadRun(plan, directory, err::println).run();
            String line = result.json();
            spec.commandLine().getOut().println(line);
            if (json != null) {
                Files.write(json, (line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return result.ledgerExact() ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            delete(directory);
        }
    }

    private LoadTransport transport() {
        LoadTransport transport =
                Arrays.stream(LoadTransport.values())
                        .filter(t -> t.word().equals(source))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "--source "
                                                        + source
                                                        + ": generator, kafka or kinesis"));
        if (transport != LoadTransport.GENERATOR && rate == 0) {
            throw wrong("--source " + source + " needs --rate: a broker holds nobody back");
        }
        return transport;
    }

    private LoadDiagnosis diagnosis() {
        return Arrays.stream(LoadDiagnosis.values())
                .filter(d -> d.word().equals(diagnosis))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        "--diagnosis "
                                                + diagnosis
                                                + ": off, offline, answering or hanging"));
    }

    private LoadStages stages() {
        return Arrays.stream(LoadStages.values())
                .filter(s -> s.word().equals(stages))
                .findFirst()
                .orElseThrow(() -> wrong("--stages " + stages + ": all or sampling"));
    }

    private void checkLimits() {
        Limits limits = new Limits(spec);
        limits.number("--rate", rate, 0, Limits.FASTEST);
        limits.duration("--for", duration, Duration.ofSeconds(1));
        limits.duration("--warm-up", warmUp, Duration.ZERO);
        limits.duration("--parse-only-for", parseOnly, Duration.ZERO);
        if (duplicates != null) {
            limits.share("--duplicates", duplicates);
        }
        if (canonical != null) {
            limits.number("--canonical", canonical, 1, StormSpec.MOST_BYTES);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private StormSpec storm() {
        StormSpec base =
                canonical == null
                        ? StormSpec.builder().build()
                        : StormSpec.canonicalOnly(canonical);
        return duplicates == null ? base : base.toBuilder().duplicateRatio(duplicates).build();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
