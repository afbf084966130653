// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.resolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics around those who act, with somebody at their other ends. Thread safe. */
final class ResolutionTopics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final ObjectMapper json = new ObjectMapper();
    private final String brokers;
    private final String run;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<LifecycleFact> facts = new ArrayList<>();
    private final List<JsonNode> answers = new ArrayList<>();

    /**
     * @param run makes the names of topics its own
     */
    ResolutionTopics(String brokers, String run) {
        this.brokers = brokers;
        this.run = run;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                List.of(new TopicPartition(reports(), 0), new TopicPartition(answers(), 0)));
    }

    String brokers() {
        return brokers;
    }

    String run() {
        return run;
    }

    String orders() {
        return "orders-" + run;
    }

    String reports() {
        return "reports-" + run;
    }

    String control() {
        return "control-" + run;
    }

    String answers() {
        return "answers-" + run;
    }

    List<String> names() {
        return List.of(orders(), reports(), control(), answers());
    }

    void order(ActionOrder order) {
        DataOutputSerializer out = new DataOutputSerializer(256);
        try {
            new ActionOrder.ActionOrderCodec().write(order, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(orders(), out.getCopyOfBuffer());
    }

    void command(String tenant, String id, int sequence, Instant then, String author, String body) {
        update("command", tenant, id, sequence, then, author, body);
    }

    void document(
            String tenant, String id, int sequence, Instant then, String author, String body) {
        update("document", tenant, id, sequence, then, author, body);
    }

    private void update(
            String kind,
            String tenant,
            String id,
            int sequence,
            Instant then,
            String author,
            String body) {
        send(
                control(),
                String.format(
                                "{\"kind\":\"%s\",\"tenant\":\"%s\",\"id\":\"%s\","
                                        + "\"sequence\":%d,\"effective_at\":\"%s\","
                                        + "\"author\":\"%s\",\"body\":%s}",
                                kind, tenant, id, sequence, then, author, body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void send(String topic, byte[] value) {
        producer.send(new ProducerRecord<>(topic, value));
        producer.flush();
    }

    /** The first reports about an order, once there are so many. */
    List<LifecycleFact> reports(ActionOrder order, int count) {
        await(count + " reports of " + order, () -> of(order).size() >= count);
        return of(order).subList(0, count);
    }

    private synchronized List<LifecycleFact> of(ActionOrder order) {
        poll();
        return facts.stream()
                .filter(fact -> fact.incidentId().equals(order.incidentId()))
                .collect(Collectors.toList());
    }

    /** What became of a command, as it is told on the topic. */
    String answer(String command) {
        return answers(command, 1).get(0);
    }

    List<String> answers(String command, int count) {
        await(count + " answers to " + command, () -> to(command).size() >= count);
        return to(command);
    }

    private synchronized List<String> to(String command) {
        poll();
        return answers.stream()
                .filter(answer -> answer.path("update").asText().equals(command))
                .map(JsonNode::toString)
                .collect(Collectors.toList());
    }

    private void poll() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                if (record.topic().equals(reports())) {
                    facts.add(
                            new LifecycleFact.LifecycleFactCodec()
                                    .read(new DataInputDeserializer(record.value())));
                } else {
                    answers.add(json.readTree(record.value()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks again and again, which is what takes the time. */
    static void await(String what, BooleanSupplier fact) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public synchronized void close() {
        producer.close();
        consumer.close();
    }
}
