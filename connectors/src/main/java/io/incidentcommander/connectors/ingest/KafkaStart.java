// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins without a checkpoint or savepoint.
 *
 * <p>Resolved to offsets once, when partitions are discovered: Flink's own {@code latest()} and
 * {@code committedOffsets()} leave it to each reader, and what arrives until then is lost or its
 * position unknown. Partitions discovered later are read from their beginning. A position that
 * retention has overtaken goes on with the oldest record there is.
 */
public abstract class KafkaStart implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private KafkaStart() {}

    /** All that the topics still hold. */
    public static KafkaStart earliest() {
        return new KafkaStart() {
            @Override
            Map<TopicPartition, Long> offsets(
                    Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
                return brokers.beginningOffsets(partitions);
            }
        };
    }

    /** What arrives from now on. */
    public static KafkaStart latest() {
        return new KafkaStart() {
            @Override
            Map<TopicPartition, Long> offsets(
                    Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
                return brokers.endOffsets(partitions);
            }
        };
    }

    /** What has a timestamp of at least this (epoch ms), or arrives from now on. */
    public static KafkaStart timestamp(long epochMillis) {
        return new KafkaStart() {
            @Override
            Map<TopicPartition, Long> offsets(
                    Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
                Map<TopicPartition, Long> times = new HashMap<>();
                partitions.forEach(partition -> times.put(partition, epochMillis));
                Map<TopicPartition, Long> found = new HashMap<>();
                brokers.offsetsForTimes(times)
                        .forEach((partition, at) -> putIfKnown(found, partition, at));
                return withOthers(found, partitions, latest(), brokers);
            }
        };
    }

    /**
     * After what the consumer group has committed; partitions without a commit begin as {@code
     * otherwise} says.
     */
    public static KafkaStart committed(KafkaStart otherwise) {
        return new KafkaStart() {
            @Override
            Map<TopicPartition, Long> offsets(
                    Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
                Map<TopicPartition, Long> found = new HashMap<>();
                brokers.committedOffsets(partitions)
                        .forEach((partition, at) -> putIfKnown(found, partition, at));
                return withOthers(found, partitions, otherwise, brokers);
            }

            @Override
            boolean needsGroup() {
                return true;
            }
        };
    }

    abstract Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers);

    boolean needsGroup() {
        return false;
    }

    @Override
    public final Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
        return offsets(partitions, brokers);
    }

    @Override
    public final OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }

    private static void putIfKnown(
            Map<TopicPartition, Long> found, TopicPartition partition, OffsetAndTimestamp at) {
        if (at != null) {
            found.put(partition, at.offset());
        }
    }

    private static void putIfKnown(
            Map<TopicPartition, Long> found, TopicPartition partition, Long at) {
        if (at != null && at >= 0) {
            found.put(partition, at);
        }
    }

    private static Map<TopicPartition, Long> withOthers(
            Map<TopicPartition, Long> found,
            Collection<TopicPartition> partitions,
            KafkaStart otherwise,
            PartitionOffsetsRetriever brokers) {
        Map<TopicPartition, Long> all = new HashMap<>(found);
        Collection<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(found.keySet());
        if (!others.isEmpty()) {
            all.putAll(otherwise.offsets(others, brokers));
        }
        return all;
    }
}
