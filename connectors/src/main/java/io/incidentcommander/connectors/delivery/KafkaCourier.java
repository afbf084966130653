// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.kafka.OrderedProducer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Parcels as records of topics of Kafka. While brokers are away the producer itself tries on for
 * two minutes, without doubling anything; what it gives up comes back to be sent anew.
 */
final class KafkaCourier implements Courier<Parcel> {
    private static final int MOST_RECORDS = 1_000;
    private static final long MOST_BYTES = 4L << 20;

    /** For what is to be known of a topic before the first record. */
    private static final String PATIENCE_MILLIS = "10000";

    private final KafkaProducer<byte[], byte[]> producer;

    /** The producer waits for what it knows of a topic; the task does not. */
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, "kafka courier");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param settings beside or in place of {@link OrderedProducer}'s
     */
    KafkaCourier(KafkaCluster cluster, Properties settings) {
        Properties all = OrderedProducer.settings(cluster);
        all.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.stringPropertyNames().forEach(n -> all.setProperty(n, settings.getProperty(n)));
        producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public CompletableFuture<List<Receipt>> send(List<Parcel> batch) {
        Receipts receipts = new Receipts(batch.size());
        sender.execute(() -> send(batch, receipts));
        return receipts.all;
    }

    /** A topic of which nothing can be known holds up the rest of the batch once, not for each. */
    private void send(List<Parcel> batch, Receipts receipts) {
        Set<String> unknown = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            Parcel parcel = batch.get(i);
            if (unknown.contains(parcel.topic())) {
                receipts.put(i, Receipt.retry("nothing is known of topic " + parcel.topic()));
            } else {
                send(parcel, i, receipts);
                if (receipts.isToBeRetried(i)) {
                    unknown.add(parcel.topic());
                }
            }
        }
    }

    private void send(Parcel parcel, int at, Receipts receipts) {
        try {
            producer.send(
                    record(parcel),
                    (place, failure) ->
                            receipts.put(
                                    at, failure == null ? Receipt.taken() : receiptOf(failure)));
        } catch (RuntimeException e) { // closed, interrupted, or broken for good
            receipts.put(at, receiptOf(e));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Parcel parcel) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        parcel.topic(),
                        null,
                        parcel.time().isPresent() ? parcel.time().getAsLong() : null,
                        parcel.key().orElse(null),
                        parcel.value());
        parcel.headers().forEach(header -> record.headers().add(header.name(), header.content()));
        return record;
    }

    @Override
    public Receipt receiptOf(Throwable failure) {
        if (failure instanceof RetriableException) {
            return Receipt.retry(failure.toString());
        }
        boolean record =
                failure instanceof RecordTooLargeException
                        || failure instanceof InvalidRecordException
                        || failure instanceof SerializationException;
        return record ? Receipt.refused(failure.toString()) : Receipt.broken(failure.toString());
    }

    @Override
    public int mostThings() {
        return MOST_RECORDS;
    }

    @Override
    public long mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public int mostUnderWay() {
        return 1;
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close(Duration.ZERO);
    }

    /** Of one batch, as they come in. Thread safe. */
    private static final class Receipts {
        private final AtomicReferenceArray<Receipt> each;
        private final AtomicInteger missing;
        private final CompletableFuture<List<Receipt>> all = new CompletableFuture<>();

        private Receipts(int size) {
            each = new AtomicReferenceArray<>(size);
            missing = new AtomicInteger(size);
        }

        private void put(int at, Receipt receipt) {
            if (each.compareAndSet(at, null, receipt) && missing.decrementAndGet() == 0) {
                Receipt[] complete = new Receipt[each.length()];
                Arrays.setAll(complete, each::get);
                all.complete(List.of(complete));
            }
        }

        private boolean isToBeRetried(int at) {
            Receipt receipt = each.get(at);
            return receipt != null && receipt.kind() == Receipt.Kind.RETRY;
        }
    }
}
