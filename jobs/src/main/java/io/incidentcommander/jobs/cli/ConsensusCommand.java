// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code consensus}: what holds the decisions, tried out on its own. */
@Command(
        name = "consensus",
        description = "Try consensus and reputation without a job.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConsensusSimulateCommand.class,
            ConsensusTallyCommand.class,
            ConsensusRecomputeCommand.class
        })
public final class ConsensusCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
