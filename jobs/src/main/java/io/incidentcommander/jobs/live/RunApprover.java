// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.resolution.ActionOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Stands in for the human who approves of what is risky, in a run that nobody sits at: says yes to
 * everything, over the control stream, under a name that says so. What needs no approval refuses
 * it. One for the process, as {@link RunBoard}. Thread safe.
 */
final class RunApprover {
    static final String NAME = "stand-in for a human";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<KafkaProducer<byte[], byte[]>> PRODUCERS = new ArrayList<>();

    private RunApprover() {}

    static synchronized void open(ServiceAddresses addresses) {
        close();
        PRODUCERS.add(
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", addresses.kafka(), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    static synchronized void close() {
        PRODUCERS.forEach(KafkaProducer::close);
        PRODUCERS.clear();
    }

    static synchronized void post(ActionOrder order) {
        if (order.kind() == ActionOrder.Kind.ACT) {
            byte[] approval = approval(order);
            PRODUCERS.forEach(
                    producer ->
                            producer.send(new ProducerRecord<>(RunNames.CONTROL_TOPIC, approval)));
        }
    }

    private static byte[] approval(ActionOrder order) {
        ObjectNode update = JSON.createObjectNode();
        update.put("kind", "command")
                .put("tenant", order.tenant())
                .put("id", order.incidentId())
                .put("sequence", order.attempt())
                .put("effective_at", Instant.now().toString())
                .put("author", NAME)
                .putObject("body")
                .put("command", "approve")
                .put("decision", order.decisionId())
                .put("action", order.action().id().hex());
        return update.toString().getBytes(StandardCharsets.UTF_8);
    }
}
