// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.delivery.SpillPlace;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.NoTime;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The ways over topics of Kafka, in the binary form of the codecs. Both at least once. */
public final class KafkaLifecycleStreams implements LifecycleStreams {
    private static final OffsetsInitializer GO_ON =
            OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);

    private final LifecycleTopics topics;
    private final KafkaResults kafka;

    /** Without a place for what does not fit into state. */
    public KafkaLifecycleStreams(LifecycleTopics topics) {
        this(topics, Optional.empty());
    }

    /**
     * @param spill for what does not fit into state while the brokers are away
     */
    public KafkaLifecycleStreams(LifecycleTopics topics, Optional<SpillPlace> spill) {
        this.topics = topics;
        this.kafka = new KafkaResults(topics.cluster(), spill);
    }

    @Override
    public void order(DataStream<ActionOrder> orders) {
        orders.sinkTo(
                        kafka.<ActionOrder>into(
                                OperatorUids.ORDER_SINK,
                                topics.orders(),
                                ActionOrder::incidentId,
                                order ->
                                        CodecBytes.write(
                                                new ActionOrder.ActionOrderCodec(), order)))
                .name("orders out")
                .uid(OperatorUids.ORDER_SINK);
    }

    @Override
    public DataStream<LifecycleFact> reports(StreamExecutionEnvironment env) {
        return env.fromSource(
                        source(
                                topics.reports(),
                                new MessageSchema<>(
                                        LifecycleFact.class,
                                        bytes ->
                                                CodecBytes.read(
                                                        new LifecycleFact.LifecycleFactCodec(),
                                                        bytes))),
                        WatermarkStrategy.noWatermarks(),
                        "reports of actions")
                .uid(OperatorUids.REPORT_SOURCE)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("reports, without time")
                .uid(OperatorUids.REPORT_TIME)
                .setParallelism(1);
    }

    @Override
    public void ask(DataStream<Question> questions) {
        questions
                .sinkTo(
                        kafka.<Question>into(
                                OperatorUids.QUESTION_SINK,
                                topics.questions(),
                                Question::incidentId,
                                question ->
                                        CodecBytes.write(new Question.QuestionCodec(), question)))
                .name("questions out")
                .uid(OperatorUids.QUESTION_SINK);
    }

    @Override
    public DataStream<Question> questions(StreamExecutionEnvironment env) {
        return env.fromSource(
                        source(
                                topics.questions(),
                                new MessageSchema<>(
                                        Question.class,
                                        bytes ->
                                                CodecBytes.read(
                                                        new Question.QuestionCodec(), bytes))),
                        WatermarkStrategy.noWatermarks(),
                        "questions in")
                .uid(OperatorUids.QUESTION_SOURCE)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("questions, without time")
                .uid(OperatorUids.QUESTION_TIME)
                .setParallelism(1);
    }

    /** For those who act: orders as they come in. */
    DataStream<ActionOrder> orders(StreamExecutionEnvironment env) {
        return env.fromSource(
                        source(
                                topics.orders(),
                                new MessageSchema<>(
                                        ActionOrder.class,
                                        bytes ->
                                                CodecBytes.read(
                                                        new ActionOrder.ActionOrderCodec(),
                                                        bytes))),
                        WatermarkStrategy.noWatermarks(),
                        "orders in")
                .uid(OperatorUids.ORDER_SOURCE)
                .setParallelism(1);
    }

    /**
     * For those who act: what became of orders. By one writer, so that an incident's reports stay
     * in the order in which they were made: one that is validated before it is done stays
     * unvalidated.
     */
    void report(DataStream<LifecycleFact> reports) {
        send(reports, OperatorUids.REPORT_SINK).name("reports out");
    }

    @Override
    public void tell(DataStream<LifecycleFact> facts) {
        send(facts, OperatorUids.ALARM_SINK).name("alarms out");
    }

    private DataStreamSink<LifecycleFact> send(DataStream<LifecycleFact> facts, String uid) {
        return facts.sinkTo(
                        kafka.<LifecycleFact>into(
                                uid,
                                topics.reports(),
                                LifecycleFact::incidentId,
                                fact ->
                                        CodecBytes.write(
                                                new LifecycleFact.LifecycleFactCodec(), fact)))
                .uid(uid)
                .setParallelism(1);
    }

    private <T> KafkaSource<T> source(String topic, MessageSchema<T> schema) {
        return KafkaSource.<T>builder()
                .setProperties(topics.cluster().properties())
                .setTopics(topic)
                .setGroupId(topics.group())
                .setStartingOffsets(GO_ON)
                .setValueOnlyDeserializer(schema)
                .build();
    }
}
