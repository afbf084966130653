// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.finite.Explanations;
import io.incidentcommander.jobs.finite.ResultFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: why there was, or was not, an incident for an alert. */
@Command(
        name = "explain",
        description = {
            "Say what became of an alert, stage by stage, and why.",
            "Takes the id of an alert or of an incident, and the results of an earlier detect, or"
                    + " of",
            "a run with --data-dir."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "As in alerts.ndjson or incidents.ndjson.")
    private String id;

    @Option(
            names = "--out",
            paramLabel = "D",
            required = true,
            description = "The directory of the results.")
    private Path out;

    @Option(names = "--json", description = "The same as one JSON object on a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ResultFiles files = ResultFiles.in(out);
        for (Path file : List.of(files.alerts(), files.incidents())) {
            InputFiles.requireReadable(file);
        }
        Explanations explanations = new Explanations(files);
        Optional<List<String>> lines =
                json ? explanations.jsonOf(id).map(List::of) : explanations.of(id);
        if (lines.isEmpty()) {
            throw new InputUnusableException(explanations.unknown(id));
        }
        PrintWriter print = spec.commandLine().getOut();
        lines.get().forEach(print::println);
        print.flush();
        return ExitCode.DONE;
    }
}
