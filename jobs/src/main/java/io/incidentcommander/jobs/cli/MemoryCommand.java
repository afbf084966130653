// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code memory}: the care of what is remembered of incidents, while jobs search and learn. */
@Command(
        name = "memory",
        description = {
            "Look after the memory of incidents that diagnosis.memory.* names.",
            "Jobs may search and learn meanwhile; each may be broken off and run again."
        },
        subcommands = {
            MemoryArchiveCommand.class,
            MemoryRestoreCommand.class,
            MemoryReindexCommand.class
        })
public final class MemoryCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What about it? memory archive|restore|reindex");
    }
}
