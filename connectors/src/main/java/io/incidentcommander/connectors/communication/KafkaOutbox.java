// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.delivery.KafkaResults.Parcels;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.OutboundMessage;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

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
     * Every message as one of those that nobody got.
     *
     * @param reason of all of them
     */
    public static Parcels<OutboundMessage> undelivered(String prefix, String reason) {
        String topic = undeliveredTopic(prefix);
        return message ->
                Parcel.of(topic, UndeliveredJson.of(message, reason))
                        .keyed(message.address())
                        .mattering(message.severity());
    }

    /** Every message for the topic of its kind. */
    public static Parcels<OutboundMessage> parcels(String prefix) {
        return message ->
                Parcel.of(topic(prefix, message.kind()), OutboxEntry.bytes(message))
                        .keyed(message.address())
                        .at(OptionalLong.of(message.plannedAtMillis()))
                        .mattering(message.severity())
                        .header("message_id", message.id());
    }

    /** Reads the messages of one kind, from where the group was. */
    public static KafkaSource<OutboundMessage> source(
            KafkaCluster cluster, String prefix, ChannelKind kind, String group) {
        return KafkaSource.<OutboundMessage>builder()
                .setProperties(cluster.properties())
                .setTopics(topic(prefix, kind))
                .setGroupId(group)
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setValueOnlyDeserializer(new Messages())
                .build();
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
