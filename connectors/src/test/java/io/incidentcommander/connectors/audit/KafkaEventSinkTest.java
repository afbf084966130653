// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KafkaEventSinkTest {
    private final IncidentEvent event = EventSamples.chain("aa", 2).get(1);

    @Test
    void aMessageIsKeyedByIncidentAndCanBeRecognisedWithoutReadingIt() throws Exception {
        Parcel message = KafkaEventSink.parcel("events", event);

        assertThat(message)
                .isEqualTo(
                        Parcel.of("events", message.value())
                                .keyed("aa")
                                .at(OptionalLong.of(event.eventTimeMillis()))
                                .mattering(event.incident().severity())
                                .header("event_id", event.eventId())
                                .header("hash", event.hash())
                                .header("sequence", "2")
                                .header("kind", event.kind().word())
                                .header("content-type", "application/json"));
        JsonNode json = new ObjectMapper().readTree(message.value());
        assertThat(json.get("event_id").asText()).isEqualTo(event.eventId());
        assertThat(json.get("previous_hash").asText()).isEqualTo(event.previousHash());
        assertThat(json.get("incident").get("sequence").asLong()).isEqualTo(2);
    }
}
