// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.diagnosis.memory.PatternArchive;
import io.incidentcommander.connectors.diagnosis.memory.PatternImport;
import io.incidentcommander.connectors.diagnosis.memory.PatternIndex;
import io.incidentcommander.connectors.diagnosis.memory.S3ArchiveStore;
import io.incidentcommander.jobs.diagnosis.Memories;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memory restore}: archived patterns back into the memory, vectors made anew. */
@Command(
        name = "restore",
        description = "Put the patterns of archived objects back; those that are there stay.")
final class MemoryRestoreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private MemoryMixin memory;

    @Mixin private ArchiveMixin archive;

    @Parameters(paramLabel = "KEY", arity = "1..*", description = "As memory archive named them.")
    private List<String> keys;

    @Override
    public Integer call() throws IOException {
        try (S3ArchiveStore store = archive.open()) {
            long restored =
                    memory.with(
                            (transport, alias, embeddings) -> {
                                try (Memories.Embedding embedding = embeddings.open()) {
                                    PatternIndex index =
                                            new PatternIndex(alias, embedding.embedder().space());
                                    index.createIfAbsent(transport);
                                    PatternArchive from =
                                            new PatternArchive(transport, alias, store);
                                    PatternImport into =
                                            new PatternImport(
                                                    transport, index, embedding.embedder());
                                    long count = 0;
                                    for (String key : keys) {
                                        count += into.add(from.read(key));
                                    }
                                    return count;
                                }
                            });
            PrintWriter out = spec.commandLine().getOut();
            out.printf("restored: %d%n", restored);
            out.flush();
            return ExitCode.DONE;
        }
    }
}
