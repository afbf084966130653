// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --config} and {@code --set}, for every command that has options to configure. */
public final class ConfigurationMixin {
    @Option(
            names = "--config",
            paramLabel = "F",
            description = "Options from a YAML file (docs/configuration.md).")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One option; stands above the file and the environment.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /**
     * The configuration of this run.
     *
     * @param flags options that the command offers under names of its own, as key and value
     * @throws io.incidentcommander.jobs.configuration.ConfigurationException on the first unknown
     *     key or impossible value
     */
    public CommanderConfiguration load(Map<String, String> flags) {
        return load(Map.of(), flags);
    }

    /**
     * As {@link #load(Map)}.
     *
     * @param defaults of this command, in place of the general ones
     */
    public CommanderConfiguration load(Map<String, String> defaults, Map<String, String> flags) {
        ConfigurationLoader loader = new ConfigurationLoader().layer("this command", defaults);
        if (file != null) {
            loader.file(file);
        }
        return loader.environment(System.getenv())
                .layer("--set", settings)
                .layer("the command line", flags)
                .load();
    }
}
