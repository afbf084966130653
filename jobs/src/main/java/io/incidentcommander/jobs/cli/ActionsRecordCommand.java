// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.resolution.StepsFile;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.jobs.topology.LifecycleInputs;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code actions record}: the ledger's steps, for a replay. */
@Command(
        name = "record",
        description = {
            "Print what became of every step in the ledger of resolution.ledger.*, a token and a",
            "word a line: what resolution.record needs for resolution.mode=replay."
        })
final class ActionsRecordCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ConfigurationMixin configuration;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (TableLedger ledger = LifecycleInputs.actionLedger(configuration.load(Map.of()))) {
            ledger.steps().forEach((token, status) -> out.println(StepsFile.line(token, status)));
        }
        out.flush();
        return ExitCode.DONE;
    }
}
