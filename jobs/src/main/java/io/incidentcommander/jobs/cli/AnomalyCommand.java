// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.detection.SeriesScoring;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anomaly}: how unusual each value of a series is, by those before it. */
@Command(
        name = "anomaly",
        description = {
            "Add to each row of a series how unusual its value is, by the rows before it.",
            "0 is as usual, towards 1 as never before; from 0.5 on it is worth looking at. The",
            "first day of rows (50 to 288) is for learning. Rows without a value, or that cannot",
            "be read, score 0; how many there are is said on stderr."
        })
public final class AnomalyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "F.csv",
            required = true,
            description = {
                "Columns timestamp and value, others are carried along. Times are ISO 8601 (a",
                "blank for the T will do) or Unix seconds or milliseconds; UTC."
            })
    private Path input;

    @Option(
            names = "--out",
            paramLabel = "F.csv",
            required = true,
            description = "The same rows in the same order, and a column anomaly_score.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        InputFiles.requireReadable(input);
        requirePlace();
        Path unfinished = out.resolveSibling(out.getFileName() + ".unfinished");
        try {
            tell(write(unfinished));
            Files.move(unfinished, out, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return ExitCode.DONE;
    }

    private void requirePlace() throws IOException {
        if (Files.exists(out) && Files.isSameFile(input, out)) {
            throw new ParameterException(
                    spec.commandLine(), "--out is the file that --input is: " + out);
        }
        Path directory = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || directory == null || !Files.isDirectory(directory)) {
            throw new CommandFailedException("no file can be written at " + out);
        }
    }

    private SeriesScoring write(Path to) throws IOException {
        Progress progress = Progress.on(spec.commandLine().getErr());
        try (Writer writer = Files.newBufferedWriter(to)) {
            return SeriesScoring.of(
                    input, writer, rows -> progress.report(() -> rows + " rows read"));
        }
    }

    private void tell(SeriesScoring scoring) {
        PrintWriter err = spec.commandLine().getErr();
        if (scoring.missing() > 0) {
            err.println(scoring.missing() + " rows without a value score 0");
        }
        if (scoring.unreadable() > 0) {
            err.println(
                    scoring.unreadable()
                            + " rows cannot be read and score 0, the first is line "
                            + scoring.firstUnreadable());
        }
        err.flush();
    }
}
