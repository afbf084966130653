// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.operators.OperatorUids;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSinksTest {
    @Test
    void aRunHasTheSinksOfTheProductAndItsOwnUnderFixedUids(@TempDir Path fates) {
        CommanderConfiguration options = new ConfigurationLoader().load();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        IncidentCommanderTopology.build(
                env.fromSource(
                                GeneratorSource.builder(StormSpec.builder().build()).build(),
                                WatermarkStrategy.noWatermarks(),
                                "storm")
                        .uid("storm"),
                AlertPathSettings.live(options, Map.of()),
                new RunSinks(
                        new ServiceAddresses(
                                "localhost:1",
                                "http://localhost:2",
                                "http://localhost:3",
                                "",
                                "",
                                ""),
                        fates));

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .doesNotContainNull()
                .contains(
                        OperatorUids.EVENT_STORE_SINK,
                        OperatorUids.EVENT_REPLICA_SINK,
                        OperatorUids.INCIDENT_OF_EVENT,
                        OperatorUids.INCIDENT_INDEX_SINK,
                        OperatorUids.EVENT_TOPIC_SINK,
                        OperatorUids.DEAD_LETTER_SINK,
                        OperatorUids.LEDGER_SINK,
                        OperatorUids.FATE_SINK,
                        "run-board-sink");
    }
}
