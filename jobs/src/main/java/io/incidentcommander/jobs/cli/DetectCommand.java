// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.ingest.AlertPaths;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ControlOptions;
import io.incidentcommander.jobs.configuration.DetectionOptions;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.configuration.StateBackendChoice;
import io.incidentcommander.jobs.finite.FiniteInput;
import io.incidentcommander.jobs.finite.FiniteRun;
import io.incidentcommander.jobs.finite.FiniteSummary;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.udfs.ingest.CsvMappingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code detect}: the topology over files, event time, results as files. */
@Command(
        name = "detect",
        description = {
            "Turn the alerts in files into incidents, and say what became of each alert.",
            "Writes incidents.ndjson, alerts.ndjson, dead-letters.ndjson, logs.ndjson (what is out"
                    + " of the ordinary in logs) and ledger.json to D.",
            "Reads JSON documents, JSON lines and CSV, plain or compressed by gzip or zstd."
        })
public final class DetectCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ConfigurationMixin configuration;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description = {
                "Files to read, or directories of files; each file is a source of its own in the"
                        + " ledger."
            })
    private List<Path> inputs;

    @Option(
            names = "--format",
            paramLabel = "auto|NAME|csv",
            defaultValue = InputFiles.AUTO,
            description = {
                "Format of all records; auto: CSV where the file's name ends in .csv, else each"
                        + " record by its content. Default: auto."
            })
    private String format;

    @Option(
            names = "--mapping",
            paramLabel = "F",
            description = "How the columns of CSV files make an alert (docs/formats.md).")
    private Path mapping;

    @Option(
            names = "--topology",
            paramLabel = "F",
            description = "Which service calls which: a control file (docs/control.md).")
    private Path topology;

    @Option(
            names = "--sample-budget",
            paramLabel = "SHARE",
            description = "Share of all alerts that may be kept. Default: as configured.")
    private String sampleBudget;

    @Option(
            names = "--parallelism",
            paramLabel = "P",
            description = "Subtasks per operator; changes speed, never results.")
    private String parallelism;

    @Option(names = "--out", paramLabel = "D", required = true, description = "For the results.")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long began = System.nanoTime();
        CommanderConfiguration options = options();
        FiniteInput input = input();
        PrintWriter err = spec.commandLine().getErr();
        checkControl(options);
        createOut();
        Progress progress = Progress.on(err);
        FiniteSummary summary =
                run(new FiniteRun(options, input, out), text -> progress.report(() -> text));
        double seconds = (System.nanoTime() - began) / 1e9;
        say(summary + String.format(Locale.ROOT, ", %.1f s", seconds));
        return summary.imbalance().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** What is wrong with the files is wrong with the input, not with the usage. */
    private void checkControl(CommanderConfiguration options) throws IOException {
        if (topology != null) {
            InputFiles.requireReadable(topology);
        }
        try {
            ControlInputs.settings(options);
        } catch (ConfigurationException e) {
            throw new InputUnusableException(e.getMessage(), e);
        }
    }

    private static FiniteSummary run(FiniteRun run, Consumer<String> progress)
            throws IOException, InterruptedException {
        try {
            return run.run(progress);
        } catch (ExecutionException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new CommandFailedException("the job failed: " + root, e);
        }
    }

    private CommanderConfiguration options() {
        Map<String, String> flags = new TreeMap<>();
        if (sampleBudget != null) {
            flags.put(DetectionOptions.SAMPLING_BUDGET.key(), sampleBudget);
        }
        if (topology != null) {
            flags.put(ControlOptions.CONTROL_TOPOLOGY.key(), topology.toString());
        }
        if (parallelism != null) {
            flags.put(JobOptions.PARALLELISM.key(), parallelism);
        }
        String heap = StateBackendChoice.HASHMAP.name().toLowerCase(Locale.ROOT);
        CommanderConfiguration options =
                configuration.load(Map.of(JobOptions.STATE_BACKEND.key(), heap), flags);
        if (options.get(DetectionOptions.SAMPLING_BUDGET) == 0) {
            throw wrong("a budget of 0 would keep nothing; it is a share above 0, at most 1");
        }
        return options;
    }

    private FiniteInput input() throws IOException {
        Optional<AlertFormat> fixed = fixedFormat();
        List<Path> files = InputFiles.filesAt(inputs);
        Set<Path> distinct = new HashSet<>();
        for (Path file : files) {
            if (!distinct.add(file)) {
                throw wrong("given twice: " + file);
            }
        }
        if (files.size() > FiniteInput.MAX_FILES) {
            throw wrong(files.size() + " files; at most " + FiniteInput.MAX_FILES);
        }
        List<Path> csv = csvFiles(files, fixed);
        if (csv.isEmpty() && mapping != null) {
            throw wrong("--mapping is for CSV, and no input is; --format csv makes all of it CSV");
        }
        if (csv.isEmpty()) {
            return FiniteInput.json(files, fixed);
        }
        if (mapping == null) {
            throw wrong("CSV needs --mapping F, which says what its columns mean: " + csv.get(0));
        }
        return csvInput(files, csv);
    }

    private FiniteInput csvInput(List<Path> files, List<Path> csv) throws IOException {
        InputFiles.requireReadable(mapping);
        try {
            return FiniteInput.csv(files, csv, mapping);
        } catch (CsvMappingException e) {
            throw new InputUnusableException(e.getMessage(), e);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            throw new InputUnusableException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> csvFiles(List<Path> files, Optional<AlertFormat> fixed) {
        if (fixed.isPresent()) {
            return fixed.get() == AlertFormat.CSV ? files : List.of();
        }
        return files.stream()
                .filter(file -> AlertPaths.isCsvByName(file.toString()))
                .collect(Collectors.toList());
    }

    private Optional<AlertFormat> fixedFormat() {
        if (format.equals(InputFiles.AUTO)) {
            return Optional.empty();
        }
        Optional<AlertFormat> named = AlertFormat.ofOptionName(format);
        if (named.isEmpty()) {
            throw wrong(InputFiles.unknownFormat(format) + ", csv");
        }
        return named;
    }

    private void createOut() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new CommandFailedException("cannot make the directory " + out, e);
        }
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.qualifiedName() + ": " + text);
        err.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
