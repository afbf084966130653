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
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "Reads JSON documents and JSON lines, plain or compressed by gzip or zstd.",
            "Says on stderr what the records hold that bear no alert."
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

    @Option(
            names = "--telemetry",
            paramLabel = "F",
            description = "Write metric points and log records to F as JSON lines. Default: not.")
    private Path telemetry;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files to read, or directories of files.")
    private List<Path> paths;

    @Override
    public Integer call() throws IOException {
        Optional<AlertFormat> fixed = fixedFormat();
        List<Path> files = InputFiles.filesAt(paths);
        try (PrintWriter letters = deadLetters == null ? toStderr() : open(deadLetters);
                PrintWriter points =
                        telemetry == null
                                ? new PrintWriter(Writer.nullWriter())
                                : open(telemetry)) {
            decode(files, fixed, points, letters);
        }
        return ExitCode.DONE;
    }

    private void decode(
            List<Path> files, Optional<AlertFormat> fixed, PrintWriter points, PrintWriter letters)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = Progress.on(err);
        Decoding decoding =
                new Decoding(new RecordDecoder(), spec.commandLine().getOut(), points, letters);
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
        decoding.notes().forEach(note -> err.println(spec.qualifiedName() + ": " + note));
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
            throw new ParameterException(spec.commandLine(), InputFiles.unknownFormat(format));
        }
        if (named.get() == AlertFormat.CSV) {
            throw new ParameterException(
                    spec.commandLine(), "csv needs a mapping of its columns, which detect takes");
        }
        return named;
    }

    /** Closing it leaves stderr open. */
    private PrintWriter toStderr() {
        return new PrintWriter(spec.commandLine().getErr()) {
            @Override
            public void close() {
                flush();
            }
        };
    }

    private static PrintWriter open(Path file) {
        try {
            return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file, e);
        }
    }
}
