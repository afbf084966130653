// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.operators.OperatorUids;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class IncidentCommanderJobTest {
    @Test
    void severalTransportsFeedOneTopologyEachUnderItsOwnUid() throws Exception {
        List<String> uids =
                uids(
                        "--source.prod.transport", "kafka",
                        "--source.prod.bootstrap-servers", "127.0.0.1:9092",
                        "--source.prod.topic", "alerts",
                        "--source.cloud.transport", "kinesis",
                        "--source.cloud.stream", "alarms",
                        "--source.cloud.region", "eu-west-1",
                        "--source.made.transport", "generator");

        assertThat(uids)
                .contains(
                        OperatorUids.SOURCE_PREFIX + "prod",
                        OperatorUids.SOURCE_PREFIX + "cloud",
                        OperatorUids.SOURCE_PREFIX + "made",
                        OperatorUids.DECODE_AND_BUNDLE,
                        OperatorUids.DEDUPLICATE,
                        OperatorUids.SAMPLE,
                        OperatorUids.CORRELATE,
                        OperatorUids.LEDGER);
    }

    @Test
    void everySinkIsThereOnceItsAddressIs() throws Exception {
        List<String> uids =
                uids(
                        "--source.made.transport", "generator",
                        "--sink.dynamodb.table", "events",
                        "--sink.dynamodb.replica.table", "events-2",
                        "--sink.opensearch.endpoint", "http://127.0.0.1:9200",
                        "--sink.kafka.bootstrap-servers", "127.0.0.1:9092",
                        "--sink.kinesis.incidents-stream", "incidents",
                        "--sink.kinesis.dead-letters-stream", "dead",
                        "--sink.files.dead-letters", "file:///dead",
                        "--sink.sqs.dead-letters-queue", "https://127.0.0.1/1/dead");

        assertThat(uids)
                .contains(
                        OperatorUids.EVENT_STREAM_SINK,
                        OperatorUids.DEAD_LETTER_STREAM_SINK,
                        OperatorUids.DEAD_LETTER_FILE_SINK,
                        OperatorUids.DEAD_LETTER_QUEUE_SINK,
                        OperatorUids.EVENT_STORE_SINK,
                        OperatorUids.EVENT_REPLICA_SINK,
                        OperatorUids.INCIDENT_INDEX_SINK,
                        OperatorUids.EVENT_TOPIC_SINK,
                        OperatorUids.DEAD_LETTER_SINK,
                        OperatorUids.LEDGER_SINK);
        assertThat(uids("--source.made.transport", "generator"))
                .doesNotContain(OperatorUids.EVENT_STORE_SINK, OperatorUids.EVENT_TOPIC_SINK);
    }

    @Test
    void whatASourceLacksIsNamed() {
        assertThatThrownBy(() -> uids("--source.prod.transport", "kafka"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "source.prod.bootstrap-servers is needed: source prod is of transport"
                                + " kafka");
        assertThatThrownBy(() -> uids())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no source is configured");
        assertThatThrownBy(() -> uids("--parallelism"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--parallelism");
    }

    private static List<String> uids(String... args) throws Exception {
        CommanderConfiguration options = IncidentCommanderJob.options(args);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(FlinkSettings.of(options));
        FlinkSettings.apply(options, env);
        IncidentCommanderJob.build(env, options);
        assertThat(env.getMaxParallelism()).isEqualTo(options.get(JobOptions.MAX_PARALLELISM));
        List<StreamNode> nodes = new ArrayList<>(env.getStreamGraph(false).getStreamNodes());
        return nodes.stream()
                .map(StreamNode::getTransformationUID)
                .filter(uid -> uid != null)
                .collect(Collectors.toList());
    }
}
