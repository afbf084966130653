// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationReference;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code configuration}: what every option is, and where its value came from. */
@Command(
        name = "configuration",
        description = "Print every option with its value and where the value came from.")
public final class ConfigurationCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigurationMixin configuration;

    @Option(names = "--reference", description = "Print the reference page instead (Markdown).")
    private boolean reference;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (reference) {
            out.print(ConfigurationReference.markdown());
        } else {
            print(configuration.load(Map.of()), out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static void print(CommanderConfiguration loaded, PrintWriter out) {
        loaded.describe().forEach(out::println);
    }
}
