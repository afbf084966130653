// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.configuration.JobPart;
import io.incidentcommander.jobs.configuration.PropertyGroups;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.CommunicationInputs;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.ConfiguredSources;
import io.incidentcommander.jobs.topology.ConsensusInputs;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.DeliveryTopology;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.jobs.topology.LifecycleInputs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main class of the job jar. Arguments: {@code --config FILE} (YAML) and {@code --KEY VALUE}
 * for any option; beside them the environment and, on Amazon Managed Service for Apache Flink, the
 * property group {@code commander}.
 */
public final class IncidentCommanderJob {
    private IncidentCommanderJob() {}

    public static void main(String[] args) throws Exception {
        CommanderConfiguration options = options(args);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.of(options));
        FlinkSettings.apply(options, env);
        build(env, options);
        env.execute("incident commander");
    }

    /** The part that is asked for, over the configured sources and sinks. */
    static void build(StreamExecutionEnvironment env, CommanderConfiguration options) {
        if (options.get(JobOptions.JOB_PART) == JobPart.DELIVERY) {
            DeliveryTopology.build(env, options);
        } else {
            command(env, options);
        }
    }

    private static void command(StreamExecutionEnvironment env, CommanderConfiguration options) {
        ConfiguredSources sources = new ConfiguredSources(options);
        AlertPathSettings settings =
                sources.areFinite()
                        ? AlertPathSettings.finite(options, sources.profiles(), sources.decodings())
                        : AlertPathSettings.live(options, sources);
        IncidentCommanderTopology.build(
                sources.addTo(env),
                ControlInputs.addTo(env, options),
                sources.areFinite() ? Optional.empty() : ConsensusInputs.of(options),
                sources.areFinite()
                        ? Optional.empty()
                        : Optional.of(DiagnosisInputs.of(options, ControlInputs.settings(options))),
                sources.areFinite() ? Optional.empty() : LifecycleInputs.lifecycle(options),
                sources.areFinite()
                        ? Optional.empty()
                        : CommunicationInputs.of(options, ControlInputs.settings(options)),
                settings,
                new ConfiguredSinks(options));
        if (!sources.areFinite()) {
            LifecycleInputs.resolution(options).ifPresent(stage -> stage.addTo(env));
        }
    }

    static CommanderConfiguration options(String[] args) throws Exception {
        ConfigurationLoader loader = new ConfigurationLoader();
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException(
                        "Arguments come in pairs, --KEY VALUE; not: " + args[i]);
            }
            if (args[i].equals("--config")) {
                loader.file(Path.of(args[i + 1]));
            } else {
                flags.put(args[i].substring(2), args[i + 1]);
            }
        }
        return loader.environment(System.getenv())
                .propertyGroups(PropertyGroups.ofManagedFlink())
                .layer("the command line", flags)
                .load();
    }
}
