// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code events}: the chain of an incident's events, checked or told again. */
@Command(
        name = "events",
        description = "Check the hash chain of an incident, or rebuild the incident from it.",
        subcommands = {
            EventsVerifyCommand.class,
            EventsReplayCommand.class,
            EventsTraceCommand.class
        })
public final class EventsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What about them? events verify|replay|trace INCIDENT_ID");
    }
}
