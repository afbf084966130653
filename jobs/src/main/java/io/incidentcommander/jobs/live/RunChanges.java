// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.datagen.storm.StormChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Says over the control stream what the teams of the company changed before the storm. */
final class RunChanges {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunChanges() {}

    /** Returns once the broker has them. */
    static void post(List<StormChange> changes, ServiceAddresses addresses) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", addresses.kafka(), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int n = 0; n < changes.size(); n++) {
                producer.send(
                        new ProducerRecord<>(RunNames.CONTROL_TOPIC, update(changes.get(n), n)));
            }
        }
    }

    private static byte[] update(StormChange change, int number) {
        ObjectNode update = JSON.createObjectNode();
        update.put("kind", "change")
                .put("id", "change-" + number)
                .put("sequence", 1)
                .put("effective_at", Instant.ofEpochMilli(change.atMillis()).toString())
                .put("author", "team " + change.team())
                .putObject("body")
                .put("service", change.service())
                .put("what", change.what());
        return update.toString().getBytes(StandardCharsets.UTF_8);
    }
}
