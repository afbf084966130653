// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.ingest.AlertFile;
import io.incidentcommander.connectors.ingest.AlertFileRecords;
import io.incidentcommander.connectors.ingest.Framing;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code decode}: what the messages in some files are, by the decoders that the job uses. Bad
 * content never ends it, a file that is not there does so before anything is written.
 */
@Command(
        name = "decode",
        description = {
            "Print the alerts in files as canonical JSON, one a line.",
            "Reads JSON documents and JSON lines, plain or compressed by gzip or zstd."
        })
public final class DecodeCommand implements Callable<Integer> {
    private static final String AUTO = "auto";

    @Spec private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "auto|NAME",
            defaultValue = AUTO,
            description = "Format of all records; auto: each by its content. Default: auto.")
    private String format;

    @Option(
            names = "--dead-letters",
            paramLabel = "F",
            description = "Write what cannot be decoded to F as JSON lines. Default: to stderr.")
    private Path deadLetters;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to read.")
    private List<Path> files;

    @Override
    public Integer call() throws IOException {
        Optional<AlertFormat> fixed = fixedFormat();
        for (Path file : files) {
            requireReadable(file);
        }
        if (deadLetters == null) {
            decode(fixed, spec.commandLine().getErr());
        } else {
            try (PrintWriter letters = openDeadLetters()) {
                decode(fixed, letters);
            }
        }
        return ExitCode.DONE;
    }

    private void decode(Optional<AlertFormat> fixed, PrintWriter letters) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = Progress.on(err);
        Decoding decoding = new Decoding(new RecordDecoder(), spec.commandLine().getOut(), letters);
        for (Path file : files) {
            String path = file.toString();
            SourceProfile profile = profile(path, fixed);
            AlertFileRecords.forEach(
                    AlertFile.of(path, path, Framing.AUTO),
                    record -> {
                        decoding.accept(record, profile);
                        progress.report(() -> path + ": " + decoding.summary());
                    });
        }
        decoding.flush();
        err.println(spec.qualifiedName() + ": " + decoding.summary());
        err.flush();
    }

    private static SourceProfile profile(String path, Optional<AlertFormat> fixed) {
        SourceProfile detecting = SourceProfile.detecting(path);
        return fixed.map(detecting::withFormat).orElse(detecting);
    }

    private Optional<AlertFormat> fixedFormat() {
        if (format.equals(AUTO)) {
            return Optional.empty();
        }
        Optional<AlertFormat> named = AlertFormat.ofOptionName(format);
        if (named.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "unknown format '" + format + "'; there are: " + names());
        }
        if (named.get() == AlertFormat.CSV) {
            throw new ParameterException(
                    spec.commandLine(), "csv needs a mapping of its columns, which detect takes");
        }
        return named;
    }

    private static String names() {
        return Arrays.stream(AlertFormat.values())
                .filter(known -> known != AlertFormat.CSV)
                .map(AlertFormat::optionName)
                .collect(Collectors.joining(", ", AUTO + ", ", ""));
    }

    private static void requireReadable(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new InputUnusableException("is a directory, not a file: " + file);
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    private PrintWriter openDeadLetters() {
        try {
            return new PrintWriter(Files.newBufferedWriter(deadLetters, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + deadLetters, e);
        }
    }
}
