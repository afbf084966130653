// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.kafka.OrderedProducer;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ControlOptions;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.jobs.topology.KafkaClusters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The way to the job by its topic of control updates, and back by that of what became of them. */
final class ControlRoad implements AutoCloseable {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final String TAKEN_WITHIN_MILLIS = "15000";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String updates;
    private final String reports;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Optional<KafkaConsumer<byte[], byte[]>> answers;

    private ControlRoad(
            String updates,
            String reports,
            KafkaProducer<byte[], byte[]> producer,
            Optional<KafkaConsumer<byte[], byte[]>> answers) {
        this.updates = updates;
        this.reports = reports;
        this.producer = producer;
        this.answers = answers;
    }

    /** From now on it hears what becomes of updates, if the job tells it to a topic. */
    static ControlRoad open(CommanderConfiguration options) {
        CommanderOption<String> brokers = ControlOptions.CONTROL_KAFKA_BOOTSTRAP_SERVERS;
        if (options.get(brokers).isEmpty()) {
            throw new ConfigurationException(brokers.key() + " is needed: how does the job hear?");
        }
        String reportTopic = options.get(SinkOptions.SINK_KAFKA_CONTROL_REPORTS_TOPIC);
        CommanderOption<String> reportBrokers = SinkOptions.SINK_KAFKA_BOOTSTRAP_SERVERS;
        Optional<KafkaConsumer<byte[], byte[]>> answers =
                options.get(reportBrokers).isEmpty()
                        ? Optional.empty()
                        : Optional.of(atEnd(KafkaClusters.at(reportBrokers, options), reportTopic));
        Properties settings = OrderedProducer.settings(KafkaClusters.at(brokers, options));
        settings.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, TAKEN_WITHIN_MILLIS);
        settings.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TAKEN_WITHIN_MILLIS);
        settings.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TAKEN_WITHIN_MILLIS);
        settings.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        return new ControlRoad(
                options.get(ControlOptions.CONTROL_KAFKA_TOPIC),
                reportTopic,
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                answers);
    }

    private static KafkaConsumer<byte[], byte[]> atEnd(KafkaCluster cluster, String topic) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        cluster.properties(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .collect(Collectors.toList());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // or else the end is looked for later
        return consumer;
    }

    /**
     * Sends an update, and waits for what becomes of it.
     *
     * @param name as the job calls it when it tells what became of it
     * @return why it holds
     * @throws CommandFailedException if it does not count, with the reason, or nobody answers
     */
    String send(ObjectNode update, String name) throws IOException {
        String key =
                String.join(
                        "/",
                        update.path("kind").asText(),
                        update.path("tenant").asText(),
                        update.path("id").asText());
        try {
            producer.send(
                            new ProducerRecord<>(
                                    updates,
                                    key.getBytes(StandardCharsets.UTF_8),
                                    JSON.writeValueAsBytes(update)))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandFailedException("it was not said: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted; it may have been said");
        }
        if (answers.isEmpty()) {
            return "said; what becomes of it is in the log of the job";
        }
        JsonNode answer = answer(answers.get(), name);
        String reason = answer.path("reason").asText();
        if (!answer.path("outcome").asText().equals("applied")) {
            throw new CommandFailedException(answer.path("outcome").asText() + ": " + reason);
        }
        return reason;
    }

    private JsonNode answer(KafkaConsumer<byte[], byte[]> from, String name) throws IOException {
        long until = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            for (ConsumerRecord<byte[], byte[]> report : from.poll(Duration.ofMillis(200))) {
                JsonNode answer = JSON.readTree(report.value());
                if (answer.path("update").asText().equals(name)) {
                    return answer;
                }
            }
        }
        throw new CommandFailedException(
                "it was said, and nobody answered within "
                        + ANSWERED_WITHIN.toSeconds()
                        + " s; what becomes of it comes to the topic "
                        + reports);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        answers.ifPresent(KafkaConsumer::close);
    }
}
