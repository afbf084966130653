// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.delivery.SpillPlace;
import io.incidentcommander.model.consensus.AgentMessages;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.NoTime;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The ways over topics of Kafka, one JSON object a message ({@link AgentMessages}). */
public final class KafkaConsensusStreams implements ConsensusStreams {
    private static final OffsetsInitializer GO_ON =
            OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);

    private final ConsensusTopics topics;
    private final KafkaResults kafka;

    /** Without a place for what does not fit into state. */
    public KafkaConsensusStreams(ConsensusTopics topics) {
        this(topics, Optional.empty());
    }

    /**
     * @param spill for what does not fit into state while the brokers are away
     */
    public KafkaConsensusStreams(ConsensusTopics topics, Optional<SpillPlace> spill) {
        this.topics = topics;
        this.kafka = new KafkaResults(topics.cluster(), spill);
    }

    @Override
    public void ask(DataStream<RoundRequest> requests) {
        requests.sinkTo(
                        kafka.<RoundRequest>into(
                                OperatorUids.REQUEST_SINK,
                                topics.requests(),
                                request -> request.terms().incidentId(),
                                AgentMessages::write))
                .name("round requests out")
                .uid(OperatorUids.REQUEST_SINK);
    }

    @Override
    public void report(DataStream<VerifiedOutcome> outcomes) {
        outcomes.sinkTo(
                        kafka.<VerifiedOutcome>into(
                                OperatorUids.OUTCOME_SINK,
                                topics.outcomes(),
                                VerifiedOutcome::incidentId,
                                AgentMessages::write))
                .name("outcomes out")
                .uid(OperatorUids.OUTCOME_SINK);
    }

    @Override
    public DataStream<RoundRequest> requests(StreamExecutionEnvironment env) {
        return timeless(
                env,
                topics.requests(),
                new MessageSchema<>(RoundRequest.class, AgentMessages::readRequest),
                GO_ON,
                "round requests in",
                OperatorUids.REQUEST_SOURCE,
                OperatorUids.REQUEST_TIME);
    }

    @Override
    public DataStream<TallyInput> recommendations(StreamExecutionEnvironment env) {
        return timeless(
                env,
                topics.recommendations(),
                new MessageSchema<>(TallyInput.class, AgentMessages::readFromAgent),
                GO_ON,
                "recommendations",
                OperatorUids.RECOMMENDATION_SOURCE,
                OperatorUids.RECOMMENDATION_TIME);
    }

    @Override
    public DataStream<RegisteredAgent> agents(StreamExecutionEnvironment env) {
        return timeless(
                env,
                topics.agents(),
                new MessageSchema<>(RegisteredAgent.class, AgentMessages::readAgent),
                OffsetsInitializer.earliest(),
                "agents",
                OperatorUids.AGENT_SOURCE,
                OperatorUids.AGENT_TIME);
    }

    @Override
    public DataStream<VerifiedOutcome> outcomes(StreamExecutionEnvironment env) {
        return timeless(
                env,
                topics.outcomes(),
                new MessageSchema<>(VerifiedOutcome.class, AgentMessages::readOutcome),
                GO_ON,
                "outcomes",
                OperatorUids.OUTCOME_SOURCE,
                OperatorUids.OUTCOME_TIME);
    }

    private <T> DataStream<T> timeless(
            StreamExecutionEnvironment env,
            String topic,
            MessageSchema<T> schema,
            OffsetsInitializer start,
            String name,
            String sourceUid,
            String timeUid) {
        return env.fromSource(
                        KafkaSource.<T>builder()
                                .setProperties(topics.cluster().properties())
                                .setTopics(topic)
                                .setGroupId(topics.group())
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
