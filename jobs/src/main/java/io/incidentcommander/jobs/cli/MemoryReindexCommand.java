// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.diagnosis.memory.PatternReindex;
import io.incidentcommander.jobs.diagnosis.Memories;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code memory reindex}: to the mapping of this release and the embedder that is configured. */
@Command(
        name = "reindex",
        description = {
            "Move all patterns to an index of this release's mapping and of the embedder of",
            "diagnosis.memory.embeddings, while they are searched and learned."
        })
final class MemoryReindexCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private MemoryMixin memory;

    @Override
    public Integer call() throws IOException {
        long moved =
                memory.with(
                        (transport, alias, embeddings) -> {
                            try (Memories.Embedding embedding = embeddings.open()) {
                                return new PatternReindex(transport, alias, embedding.embedder())
                                        .run();
                            }
                        });
        PrintWriter out = spec.commandLine().getOut();
        out.printf("moved: %d%n", moved);
        out.flush();
        return ExitCode.DONE;
    }
}
