// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.kafka.OrderedProducer;
import io.incidentcommander.model.communication.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic of messages that nobody got, keyed by address, as {@link UndeliveredJson} has them. At
 * least once: a message that is tried anew after a restore may be there twice, under one {@code
 * message_id}. What is not acknowledged within five seconds is not kept, and said so. Thread safe.
 */
public final class KafkaRejectedMessages implements RejectedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRejectedMessages.class);
    private static final String PATIENCE_MILLIS = "5000";
    private static final String REQUEST_MILLIS = "3000";
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;

    /** The producer waits for what it knows of the topic; nobody else does. */
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, "undelivered messages");
                        thread.setDaemon(true);
                        return thread;
                    });

    private KafkaRejectedMessages(KafkaCluster cluster, String topic) {
        this.topic = topic;
        Properties settings = OrderedProducer.settings(cluster);
        settings.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** In this topic. */
    public static Provider in(KafkaCluster cluster, String topic) {
        return () -> new KafkaRejectedMessages(cluster, topic);
    }

    @Override
    public CompletableFuture<Void> rejected(OutboundMessage message, String reason) {
        LOG.error("Not delivered: {}: {}", message, reason);
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        topic,
                        message.address().getBytes(StandardCharsets.UTF_8),
                        UndeliveredJson.of(message, reason));
        CompletableFuture<Void> kept = new CompletableFuture<>();
        sender.execute(() -> send(letter, kept));
        return kept;
    }

    private void send(ProducerRecord<byte[], byte[]> letter, CompletableFuture<Void> kept) {
        try {
            producer.send(
                    letter,
                    (place, failure) -> {
                        if (failure == null) {
                            kept.complete(null);
                        } else {
                            kept.completeExceptionally(failure);
                        }
                    });
        } catch (RuntimeException e) { // closed, interrupted, too large
            kept.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        try {
            producer.close(CLOSING);
        } catch (InterruptException e) {
            LOG.debug("Interrupted while closing the producer of undelivered messages", e);
        }
    }
}
