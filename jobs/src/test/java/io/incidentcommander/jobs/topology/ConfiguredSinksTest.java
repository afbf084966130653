// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.operators.OperatorUids;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class ConfiguredSinksTest {
    @Test
    void whatBecameOfAlertsGoesToATopicIfItIsNamed() {
        Map<String, String> brokers = Map.of("sink.kafka.bootstrap-servers", "localhost:1");
        assertThat(uids(brokers)).doesNotContain(OperatorUids.FATE_SINK);
        assertThat(
                        uids(
                                Map.of(
                                        "sink.kafka.bootstrap-servers",
                                        "localhost:1",
                                        "sink.kafka.fates-topic",
                                        "fates")))
                .contains(OperatorUids.FATE_SINK);
    }

    private static List<String> uids(Map<String, String> options) {
        CommanderConfiguration configuration =
                new ConfigurationLoader().layer("the test", options).load();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        new ConfiguredSinks(configuration)
                .fates(
                        env.fromSequence(1, 2)
                                .<AlertFate>map(
                                        n -> {
                                            throw new IllegalStateException("never runs");
                                        })
                                .returns(TypeInformation.of(AlertFate.class))
                                .uid("fates"));
        return env.getTransformations().isEmpty()
                ? List.of()
                : env.getStreamGraph().getStreamNodes().stream()
                        .map(StreamNode::getTransformationUID)
                        .collect(Collectors.toList());
    }
}
