// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.resilience.OrderedProducer;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.OutboundMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The outbox: a topic for each kind of channel, keyed by address, so that a partition holds a
 * receiver's messages in order. The deciding pipeline writes, another one reads and calls the
 * channel: a channel that hangs fills a topic and nothing else. At least once, with the message's
 * id as a header.
 */
public final class KafkaOutbox {
    private KafkaOutbox() {}

    /** As in {@code outbox-slack}. */
    public static String topic(String prefix, ChannelKind kind) {
        return prefix + "-" + kind.word();
    }

    /** As in {@code outbox-undelivered}: what nobody got, and why. */
    public static String undeliveredTopic(String prefix) {
        return prefix + "-undelivered";
    }

    /**
     * Writes every message to the topic of those that nobody got.
     *
     * @param reason of all of them
     */
    public static KafkaSink<OutboundMessage> undeliveredSink(
            String bootstrapServers, String prefix, String reason) {
        return KafkaSink.<OutboundMessage>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(OrderedProducer.settings())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Undelivered(undeliveredTopic(prefix), reason))
                .build();
    }

    /** Writes every message to the topic of its kind. */
    public static KafkaSink<OutboundMessage> sink(String bootstrapServers, String prefix) {
        return KafkaSink.<OutboundMessage>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(OrderedProducer.settings())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Records(prefix))
                .build();
    }

    /** Reads the messages of one kind, from where the group was. */
    public static KafkaSource<OutboundMessage> source(
            String bootstrapServers, String prefix, ChannelKind kind, String group) {
        return KafkaSource.<OutboundMessage>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topic(prefix, kind))
                .setGroupId(group)
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setValueOnlyDeserializer(new Messages())
                .build();
    }

    /** Messages as records. */
    static final class Records implements KafkaRecordSerializationSchema<OutboundMessage> {
        private static final long serialVersionUID = 1L;

        private final String prefix;

        Records(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                OutboundMessage message, KafkaSinkContext context, Long timestamp) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(
                            topic(prefix, message.kind()),
                            null,
                            message.plannedAtMillis(),
                            message.address().getBytes(StandardCharsets.UTF_8),
                            OutboxEntry.bytes(message));
            record.headers().add("message_id", message.id().getBytes(StandardCharsets.UTF_8));
            return record;
        }
    }

    /** Messages as records of dead letters. */
    static final class Undelivered implements KafkaRecordSerializationSchema<OutboundMessage> {
        private static final long serialVersionUID = 1L;

        private final String topic;
        private final String reason;

        Undelivered(String topic, String reason) {
            this.topic = topic;
            this.reason = reason;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                OutboundMessage message, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(
                    topic,
                    message.address().getBytes(StandardCharsets.UTF_8),
                    UndeliveredJson.of(message, reason));
        }
    }

    /** Records as messages. */
    static final class Messages extends AbstractDeserializationSchema<OutboundMessage> {
        private static final long serialVersionUID = 1L;

        Messages() {
            super(OutboundMessage.class);
        }

        @Override
        public OutboundMessage deserialize(byte[] bytes) throws IOException {
            return OutboxEntry.read(bytes);
        }
    }
}
