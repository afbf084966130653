// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.DeliverySink;
import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The stream of events out: one JSON object per event, keyed by incident, so that a partition holds
 * an incident's events in order, the worst incidents first after an outage. At least once; a
 * consumer recognises a repetition by {@code event_id} and {@code hash}, which are headers too.
 */
public final class KafkaEventSink {
    private KafkaEventSink() {}

    /**
     * @param name of no other sink of the job
     */
    public static DeliverySink<IncidentEvent, Parcel> in(
            KafkaResults kafka, String name, String topic) {
        Properties settings = new Properties();
        settings.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return kafka.of(name, event -> parcel(topic, event), settings);
    }

    static Parcel parcel(String topic, IncidentEvent event) {
        return Parcel.of(topic, AuditJson.of(event))
                .keyed(event.incidentId())
                .at(OptionalLong.of(event.eventTimeMillis()))
                .mattering(event.incident().severity())
                .header("event_id", event.eventId())
                .header("hash", event.hash())
                .header("sequence", Long.toString(event.sequence()))
                .header("kind", event.kind().word())
                .header("content-type", "application/json");
    }
}
