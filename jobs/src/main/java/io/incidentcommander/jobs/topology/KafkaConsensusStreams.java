// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.NoTime;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Requests and registrations over two topics of Kafka, in the binary forms of their codecs. */
public final class KafkaConsensusStreams implements ConsensusStreams {
    private final String brokers;
    private final String requestTopic;
    private final String agentTopic;
    private final String group;

    public KafkaConsensusStreams(
            String brokers, String requestTopic, String agentTopic, String group) {
        this.brokers = brokers;
        this.requestTopic = requestTopic;
        this.agentTopic = agentTopic;
        this.group = group;
    }

    @Override
    public void ask(DataStream<RoundRequest> requests) {
        requests.sinkTo(
                        KafkaSink.<RoundRequest>builder()
                                .setBootstrapServers(brokers)
                                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                                .setRecordSerializer(
                                        KafkaRecordSerializationSchema.<RoundRequest>builder()
                                                .setTopic(requestTopic)
                                                .setKeySerializationSchema(
                                                        request ->
                                                                request.terms()
                                                                        .incidentId()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))
                                                .setValueSerializationSchema(
                                                        new CodecSchema<>(
                                                                new RoundRequest
                                                                        .RoundRequestCodec()))
                                                .build())
                                .build())
                .name("round requests out")
                .uid(OperatorUids.REQUEST_SINK);
    }

    @Override
    public DataStream<RoundRequest> requests(StreamExecutionEnvironment env) {
        return timeless(
                env,
                requestTopic,
                new RoundRequest.RoundRequestCodec(),
                OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST),
                "round requests in",
                OperatorUids.REQUEST_SOURCE,
                OperatorUids.REQUEST_TIME);
    }

    @Override
    public DataStream<RegisteredAgent> agents(StreamExecutionEnvironment env) {
        return timeless(
                env,
                agentTopic,
                new RegisteredAgent.RegisteredAgentCodec(),
                OffsetsInitializer.earliest(),
                "agents",
                OperatorUids.AGENT_SOURCE,
                OperatorUids.AGENT_TIME);
    }

    private <T> DataStream<T> timeless(
            StreamExecutionEnvironment env,
            String topic,
            Codec<T> codec,
            OffsetsInitializer start,
            String name,
            String sourceUid,
            String timeUid) {
        CodecSchema<T> schema = new CodecSchema<>(codec);
        return env.fromSource(
                        KafkaSource.<T>builder()
                                .setBootstrapServers(brokers)
                                .setTopics(topic)
                                .setGroupId(group)
                                .setStartingOffsets(start)
                                .setValueOnlyDeserializer(schema)
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        name)
                .uid(sourceUid)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name(name + ", without time")
                .uid(timeUid)
                .setParallelism(1);
    }
}
