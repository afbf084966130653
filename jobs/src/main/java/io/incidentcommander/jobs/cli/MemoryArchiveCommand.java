// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.diagnosis.memory.ArchiveReport;
import io.incidentcommander.connectors.diagnosis.memory.PatternArchive;
import io.incidentcommander.connectors.diagnosis.memory.S3ArchiveStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memory archive}: what is old moves to S3; for a scheduler, once a day. */
@Command(
        name = "archive",
        description = {
            "Move patterns older than 180 days to S3. A pattern is deleted only once the object",
            "that holds it reads back unchanged."
        })
final class MemoryArchiveCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private MemoryMixin memory;

    @Mixin private ArchiveMixin archive;

    @Option(names = "--json", description = "The result as one JSON object on a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (S3ArchiveStore store = archive.open()) {
            ArchiveReport report =
                    memory.with(
                            (transport, alias, embeddings) ->
                                    new PatternArchive(transport, alias, store)
                                            .run(System.currentTimeMillis()));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(json(report));
            } else {
                report.keys().forEach(key -> out.println("wrote " + key));
                out.println(report);
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static ObjectNode json(ArchiveReport report) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("archived", report.archived());
        json.put("deleted", report.deleted());
        json.put("changed_meanwhile", report.changedMeanwhile());
        ArrayNode keys = json.putArray("keys");
        report.keys().forEach(keys::add);
        return json;
    }
}
