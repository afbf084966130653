// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code actions}: what was done. */
@Command(
        name = "actions",
        description = "See what became of the steps of actions.",
        subcommands = ActionsRecordCommand.class)
public final class ActionsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about them? actions record");
    }
}
