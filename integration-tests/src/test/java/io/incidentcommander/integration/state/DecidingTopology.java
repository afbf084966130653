// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.consensus.AgentKeyFile;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.ConsensusInputs;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.operators.OperatorUids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The topology with votes and decisions, as it is configured; nothing of it runs. */
final class DecidingTopology {
    private DecidingTopology() {}

    static StreamGraph streamGraph() throws Exception {
        Path keys = Files.createTempFile("agent-keys", ".txt");
        try {
            AgentKeyFile.generate(keys);
            CommanderConfiguration options =
                    new ConfigurationLoader()
                            .layer(
                                    "test",
                                    Map.of(
                                            "consensus.kafka.bootstrap-servers",
                                            "127.0.0.1:1",
                                            "consensus.keys-file",
                                            keys.toString(),
                                            "sink.kafka.bootstrap-servers",
                                            "127.0.0.1:1"))
                            .load();
            StreamExecutionEnvironment env =
                    new StreamExecutionEnvironment(FlinkSettings.of(options));
            FlinkSettings.apply(options, env);
            IncidentCommanderTopology.build(
                    env.fromSource(
                                    GeneratorSource.builder(StormSpec.builder().build())
                                            .sourceId("any")
                                            .rate(1)
                                            .build(),
                                    WatermarkStrategy.noWatermarks(),
                                    "any")
                            .uid(OperatorUids.SOURCE_PREFIX + "any"),
                    Optional.empty(),
                    ConsensusInputs.of(options),
                    AlertPathSettings.live(options, Map.of()),
                    new ConfiguredSinks(options));
            return env.getStreamGraph();
        } finally {
            Files.deleteIfExists(keys);
        }
    }
}
