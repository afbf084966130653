// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.model.ingest.RawRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Alerts from Kafka: an unbounded source of {@link RawRecord}s with heartbeats, see {@link
 * DrainedHeartbeatSource}.
 *
 * <p>A record's partition is {@code topic-N}, its offset Kafka's, its arrival Kafka's timestamp.
 * One above 256 KiB is {@linkplain RawRecord#truncated truncated}: Kafka delivers it whole, nothing
 * behind the source sees it so. Offsets are committed to the group on checkpoints, for others to
 * see; what is restored is the checkpoint. Each reader opens a second connection, {@code <client id
 * prefix>-heartbeat-N}, that asks for end offsets while the reader is idle.
 *
 * <p>Unless told otherwise a broker may wait for {@value #FETCH_MIN_BYTES} bytes, for {@value
 * #FETCH_MAX_WAIT_MILLIS} ms at most: with Kafka's own setting a storm is fetched in thousands of
 * small answers a second, which costs broker and reader more than the records do.
 */
public final class KafkaAlertSource {
    /** How often an idle reader says so. */
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofMillis(200);

    /** How often new partitions, and topics that match, are looked for. */
    public static final Duration DEFAULT_DISCOVERY = Duration.ofMinutes(1);

    private static final int FETCH_MIN_BYTES = 1 << 18;
    private static final int FETCH_MAX_WAIT_MILLIS = 50;

    /** At once out of what was fetched: each hand-over wakes a thread. */
    private static final int MAX_POLL_RECORDS = 2_000;

    private KafkaAlertSource() {}

    /**
     * @param sourceId the source id of the records
     */
    public static Builder builder(String sourceId, KafkaCluster cluster) {
        return new Builder(sourceId, cluster);
    }

    /** Collects what is asked for. Topics or a pattern are required. */
    public static final class Builder {
        private final String sourceId;
        private final Properties properties = defaults();
        private List<String> topics = List.of();
        private Optional<Pattern> topicPattern = Optional.empty();
        private Optional<String> group = Optional.empty();
        private String clientIdPrefix;
        private KafkaStart start = KafkaStart.earliest();
        private Duration discovery = DEFAULT_DISCOVERY;
        private Duration heartbeat = DEFAULT_HEARTBEAT;
        private WallClock clock = WallClock.system();

        private Builder(String sourceId, KafkaCluster cluster) {
            this.sourceId = Objects.requireNonNull(sourceId, "sourceId");
            this.properties.putAll(cluster.properties());
            this.clientIdPrefix = sourceId;
        }

        public Builder topics(List<String> names) {
            topics = List.copyOf(names);
            return this;
        }

        /** All topics that match as a whole, those that are made later too. */
        public Builder topicPattern(Pattern pattern) {
            topicPattern = Optional.of(pattern);
            return this;
        }

        public Builder groupId(String id) {
            group = Optional.of(id);
            return this;
        }

        /** Default: the source id. */
        public Builder clientIdPrefix(String prefix) {
            clientIdPrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Default: the earliest. */
        public Builder startAt(KafkaStart position) {
            start = Objects.requireNonNull(position, "position");
            return this;
        }

        /** Zero: look for partitions once. Default: {@link #DEFAULT_DISCOVERY}. */
        public Builder discoveryInterval(Duration interval) {
            discovery = Objects.requireNonNull(interval, "interval");
            return this;
        }

        /** Default: {@link #DEFAULT_HEARTBEAT}. */
        public Builder heartbeatInterval(Duration interval) {
            heartbeat = Objects.requireNonNull(interval, "interval");
            return this;
        }

        /** The clock of the heartbeats. Default: the machine's. */
        public Builder clock(WallClock other) {
            clock = Objects.requireNonNull(other, "other");
            return this;
        }

        private static Properties defaults() {
            Properties p = new Properties();
            p.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Integer.toString(FETCH_MIN_BYTES));
            p.setProperty(
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    Integer.toString(FETCH_MAX_WAIT_MILLIS));
            p.setProperty(
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MAX_POLL_RECORDS));
            return p;
        }

        /**
         * @throws IllegalStateException if topics are missing or given twice, or a start at
         *     committed offsets has no group
         */
        public DrainedHeartbeatSource<KafkaPartitionSplit, KafkaSourceEnumState> build() {
            if (topics.isEmpty() == topicPattern.isEmpty()) {
                throw new IllegalStateException(
                        "source " + sourceId + " needs either topics or a topic pattern");
            }
            if (start.needsGroup() && group.isEmpty()) {
                throw new IllegalStateException(
                        "source " + sourceId + " starts at committed offsets, so it needs a group");
            }
            Properties ofProbe = new Properties();
            ofProbe.putAll(properties);
            String prefix = clientIdPrefix;
            return DrainedHeartbeatSource.of(
                    kafkaSource(),
                    sourceId,
                    subtask -> new KafkaDrainProbe(ofProbe, prefix + "-heartbeat-" + subtask),
                    heartbeat,
                    clock);
        }

        private KafkaSource<RawRecord> kafkaSource() {
            KafkaSourceBuilder<RawRecord> builder =
                    KafkaSource.<RawRecord>builder()
                            .setProperties(properties)
                            .setClientIdPrefix(clientIdPrefix)
                            .setStartingOffsets(start)
                            .setProperty(
                                    KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                                    Long.toString(discovery.toMillis()))
                            .setDeserializer(new KafkaRecords(sourceId));
            group.ifPresent(builder::setGroupId);
            topicPattern.ifPresent(builder::setTopicPattern);
            if (!topics.isEmpty()) {
                builder.setTopics(topics);
            }
            return builder.build();
        }
    }
}
