// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaEventSinkTest {
    private final IncidentEvent event = EventSamples.chain("aa", 2).get(1);

    @Test
    void aMessageIsKeyedByIncidentAndCanBeRecognisedWithoutReadingIt() throws Exception {
        ProducerRecord<byte[], byte[]> message =
                new KafkaEventSink.Records("events").serialize(event, null, null);

        assertThat(message.topic()).isEqualTo("events");
        assertThat(new String(message.key(), UTF_8)).isEqualTo("aa");
        assertThat(message.timestamp()).isEqualTo(event.eventTimeMillis());
        assertThat(header(message, "event_id")).isEqualTo(event.eventId());
        assertThat(header(message, "hash")).isEqualTo(event.hash());
        assertThat(header(message, "sequence")).isEqualTo("2");
        JsonNode json = new ObjectMapper().readTree(message.value());
        assertThat(json.get("event_id").asText()).isEqualTo(event.eventId());
        assertThat(json.get("previous_hash").asText()).isEqualTo(event.previousHash());
        assertThat(json.get("incident").get("sequence").asLong()).isEqualTo(2);
    }

    @Test
    void theSinkCanBeBuiltWithSettingsOfItsOwn() {
        Properties settings = new Properties();
        settings.setProperty("linger.ms", "20");

        assertThat(KafkaEventSink.to("127.0.0.1:9092", "events", settings)).isNotNull();
    }

    private static String header(ProducerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
