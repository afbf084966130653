// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Compares what was emitted with the end offsets, asked of the brokers at each call.
 *
 * <p>The argument: the end offsets are fetched after the call began. If the next offset to be
 * emitted has reached them in every partition, then every record that could be read when the call
 * began was emitted. Nothing depends on how long a fetch takes, on what the reader holds in its
 * queues, or on lag metrics, which are as old as the last fetch; and with the brokers out of reach
 * there is no answer, so no heartbeat.
 *
 * <p>Where the end stays ahead, offsets may hold no record: markers of transactions, compacted
 * records. When a position has not moved between two calls, the gap is read by the probe's own
 * consumer: drained if it reaches the end without a record. A gap is read once.
 */
final class KafkaDrainProbe implements DrainProbe<KafkaPartitionSplit> {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration READ_WITHIN = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> positionsBefore = new HashMap<>();
    private final Map<TopicPartition, Gap> gaps = new HashMap<>();

    /**
     * @param properties as for the source; groups are not joined and nothing is committed
     */
    KafkaDrainProbe(Properties properties, String clientId) {
        Properties own = new Properties();
        own.putAll(properties);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        own.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        own.setProperty(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        own.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1024");
        this.consumer =
                new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public boolean isDrained(Collection<SplitProgress<KafkaPartitionSplit>> progress) {
        Map<TopicPartition, SplitProgress<KafkaPartitionSplit>> splits = new HashMap<>();
        progress.forEach(split -> splits.put(split.split().getTopicPartition(), split));
        if (splits.isEmpty()) {
            return true;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(splits.keySet(), ANSWER_WITHIN);
        boolean drained = true;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long position = nextOffset(splits.get(end.getKey()));
            drained &= isReached(end.getKey(), position, end.getValue());
        }
        return drained;
    }

    @Override
    public void cancel() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(1));
    }

    /** The offset from which nothing was emitted; a marker of Kafka's if none is known. */
    private static long nextOffset(SplitProgress<KafkaPartitionSplit> progress) {
        return progress.lastOffset().isPresent()
                ? progress.lastOffset().getAsLong() + 1
                : progress.split().getStartingOffset();
    }

    private boolean isReached(TopicPartition partition, long position, long end) {
        Long before = positionsBefore.put(partition, position);
        if (position >= end) {
            return true;
        }
        boolean stuck = before != null && before == position;
        if (stuck && !isKnownEmpty(partition, position, end)) {
            inspect(partition, position, end);
        }
        return isKnownEmpty(partition, position, end);
    }

    private boolean isKnownEmpty(TopicPartition partition, long position, long end) {
        Gap gap = gaps.get(partition);
        return gap != null && gap.from == position && gap.to >= end;
    }

    private void inspect(TopicPartition partition, long position, long end) {
        consumer.assign(List.of(partition));
        if (position >= 0) {
            consumer.seek(partition, position);
        } else if (position == KafkaPartitionSplit.EARLIEST_OFFSET) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            return; // decided by the reader when it begins: not known here until it emits
        }
        long until = System.nanoTime() + READ_WITHIN.toNanos();
        long reached = consumer.position(partition, ANSWER_WITHIN);
        while (reached < end && System.nanoTime() < until) {
            if (!consumer.poll(READ_WITHIN).isEmpty()) {
                return;
            }
            reached = consumer.position(partition, ANSWER_WITHIN);
        }
        gaps.put(partition, new Gap(position, reached));
    }

    /** Offsets from one (inclusive) to another (exclusive) that hold no record. */
    private static final class Gap {
        private final long from;
        private final long to;

        Gap(long from, long to) {
            this.from = from;
            this.to = to;
        }
    }
}
