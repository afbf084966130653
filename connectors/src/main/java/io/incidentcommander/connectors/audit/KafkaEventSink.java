// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.resilience.OrderedProducer;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The stream of events out: one JSON object per event, keyed by incident, so that a partition holds
 * an incident's events in order. At least once; a consumer recognises a repetition by {@code
 * event_id} and {@code hash}, which are headers too.
 */
public final class KafkaEventSink {
    private KafkaEventSink() {}

    /**
     * @param producer settings beside or in place of {@link OrderedProducer}'s
     */
    public static KafkaSink<IncidentEvent> to(
            String bootstrapServers, String topic, Properties producer) {
        Properties settings = OrderedProducer.settings();
        settings.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.stringPropertyNames()
                .forEach(name -> settings.setProperty(name, producer.getProperty(name)));
        return KafkaSink.<IncidentEvent>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(settings)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Records(topic))
                .build();
    }

    /** Events as records of a topic. */
    static final class Records implements KafkaRecordSerializationSchema<IncidentEvent> {
        private static final long serialVersionUID = 1L;

        private final String topic;

        Records(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                IncidentEvent event, KafkaSinkContext context, Long timestamp) {
            ProducerRecord<byte[], byte[]> message =
                    new ProducerRecord<>(
                            topic,
                            null,
                            event.eventTimeMillis(),
                            utf8(event.incidentId()),
                            AuditJson.of(event));
            message.headers()
                    .add("event_id", utf8(event.eventId()))
                    .add("hash", utf8(event.hash()))
                    .add("sequence", utf8(Long.toString(event.sequence())))
                    .add("kind", utf8(event.kind().word()))
                    .add("content-type", utf8("application/json"));
            return message;
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
