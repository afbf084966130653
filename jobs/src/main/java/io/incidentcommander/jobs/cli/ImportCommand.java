// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.udfs.correlation.alertmanager.AlertmanagerImport;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: the configuration of another system as a control file. */
@Command(
        name = "import",
        description = {
            "Carry the configuration of another system over into a control file (docs/control.md).",
            "The file goes to stdout; what could not be carried over is said on stderr."
        })
public final class ImportCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;

    /** Systems there are; more may follow. */
    enum Origin {
        ALERTMANAGER
    }

    @Parameters(
            index = "0",
            paramLabel = "SYSTEM",
            description = "Whose configuration it is: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("UnusedVariable") // there is but one, which picocli checks
    private Origin origin;

    @Parameters(index = "1", paramLabel = "FILE", description = "As in alertmanager.yml.")
    private Path file;

    @Option(
            names = "--json",
            description = "One JSON object: the document and what was not carried over.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        InputFiles.requireReadable(file);
        AlertmanagerImport imported =
                AlertmanagerImport.read(Files.readString(file), file.toString());
        if (imported.document().isEmpty()) {
            throw new InputUnusableException(lines(imported.errors()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(imported));
        } else {
            out.print(imported.document().get());
            PrintWriter err = spec.commandLine().getErr();
            imported.notCarried().forEach(problem -> err.println("not carried over: " + problem));
            err.flush();
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static String asJson(AlertmanagerImport imported) throws IOException {
        ObjectNode result = JSON.createObjectNode();
        result.put("document", imported.document().orElseThrow());
        ArrayNode rest = result.putArray("not_carried_over");
        for (Problems.Problem problem : imported.notCarried()) {
            rest.addObject().put("line", problem.line()).put("what", problem.what());
        }
        return JSON.writeValueAsString(result);
    }

    private static String lines(List<Problems.Problem> problems) {
        return problems.stream().map(Problems.Problem::toString).collect(Collectors.joining("\n"));
    }
}
