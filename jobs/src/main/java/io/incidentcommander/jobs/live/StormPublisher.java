// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.datagen.storm.OpenLoopPacer;
import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.datagen.storm.StormClock;
import io.incidentcommander.datagen.storm.StormScript;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a storm into Kafka in an open loop: each record when it is due, however the job fares,
 * with its intended time as Kafka's timestamp. Works on a thread of its own; ends with the script
 * or with {@link #close}, which both wait until the broker has acknowledged what was sent.
 */
public final class StormPublisher implements AutoCloseable {
    private static final long LEAST_WAIT_NANOS = 1_000_000L;
    private static final long MOST_WAIT_NANOS = 50_000_000L;

    private final StormScript script;
    private final OpenLoopPacer pacer;
    private final long startMillis;
    private final Producer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::publish, "storm-publisher");
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile long sent;
    private volatile long lastSentNanos;

    private StormPublisher(StormScript script, String bootstrapServers) {
        this.script = script;
        StormClock clock = StormClock.system();
        this.producer =
                new KafkaProducer<>(
                        settings(bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.producer.partitionsFor(RunNames.ALERTS_TOPIC);
        this.startMillis = clock.epochMillis();
        this.pacer = OpenLoopPacer.startedAt(startMillis, script.schedule(), clock);
    }

    /** Begins now. */
    public static StormPublisher start(StormScript script, String bootstrapServers) {
        StormPublisher publisher = new StormPublisher(script, bootstrapServers);
        publisher.thread.setDaemon(true);
        publisher.thread.start();
        return publisher;
    }

    /** When the storm began, epoch ms. */
    public long startMillis() {
        return startMillis;
    }

    /** Records the broker has acknowledged. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** From the beginning to the last record sent, nanoseconds. */
    public long spanNanos() {
        return lastSentNanos;
    }

    /** How far behind its schedule the publisher is, milliseconds; 0 if it keeps up. */
    public long lagMillis() {
        long next = sent;
        return next >= script.records() ? 0 : Math.max(0, -pacer.nanosUntil(next) / 1_000_000);
    }

    public boolean isDone() {
        return !thread.isAlive();
    }

    /** What the broker refused for good, if anything. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Sends no more and waits for the broker. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        LockSupport.unpark(thread);
        thread.join();
        producer.close();
    }

    private void publish() {
        RecordStream stream = script.open(0, 1);
        Callback acknowledgement =
                (metadata, error) -> {
                    if (error == null) {
                        acknowledged.increment();
                    } else {
                        failure.compareAndSet(null, error);
                    }
                };
        try {
            for (long n = 0; n < script.records() && awaitDue(n); n++) {
                long time = pacer.intendedMillis(n);
                producer.send(
                        new ProducerRecord<>(
                                RunNames.ALERTS_TOPIC, null, time, null, stream.render(n, time)),
                        acknowledgement);
                sent = n + 1;
                lastSentNanos = pacer.elapsedNanos();
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** False: the publisher is to stop. */
    private boolean awaitDue(long n) {
        long wait = pacer.nanosUntil(n);
        while (wait > 0 && !stopping) {
            LockSupport.parkNanos(Math.min(MOST_WAIT_NANOS, Math.max(LEAST_WAIT_NANOS, wait)));
            wait = pacer.nanosUntil(n);
        }
        return !stopping;
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "storm",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L * 1024 * 1024);
    }
}
