// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/**
 * Alerts from one Kinesis data stream, as {@link RawRecord}s; a record's partition is its shard id,
 * its offset as {@link KinesisRecords} derives it, its arrival Kinesis' approximate one. One above
 * 256 KiB is {@linkplain RawRecord#truncated truncated}.
 *
 * <p>While a shard has nothing new, at most one {@link RawRecord#heartbeat(String, String, long)}
 * of the shard per interval says up to when it was read, by the clock of the reader's machine;
 * shards are announced before they are read. Each is emitted once for each subtask of the source,
 * in a row: behind a rebalance, which few shards need, every subtask gets it if they are as many.
 * What Kinesis accepts shows in its answers a moment later, as a rule within a second; the allowed
 * disorder should cover that. Order is kept within a shard, and not across resharding; a shard that
 * ended holds time back until it counts as silent.
 *
 * <p>The consumer behind it is of the API that Flink 2 removes, and its state is serialized by
 * Kryo: nothing but this class and its consumer may know of it. Its uid must be one that a
 * replacement can drop; the replacement then starts at a timestamp.
 */
public final class KinesisAlertSource {
    /** Counter of the operator: records read, without heartbeats. */
    public static final String RECORDS_READ = "recordsRead";

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(200);

    private final String sourceId;
    private final String stream;
    private final Properties properties = new Properties();
    private Duration heartbeatInterval = HEARTBEAT_INTERVAL;

    private KinesisAlertSource(String sourceId, String stream) {
        this.sourceId = Objects.requireNonNull(sourceId, "sourceId");
        this.stream = Objects.requireNonNull(stream, "stream");
        startAtLatest();
    }

    /**
     * Starts at the latest record unless told otherwise.
     *
     * @param region as in {@code eu-west-1}
     */
    public static KinesisAlertSource of(String sourceId, String stream, String region) {
        KinesisAlertSource source = new KinesisAlertSource(sourceId, stream);
        source.properties.setProperty("aws.region", region);
        return source;
    }

    /** Without a checkpoint: what arrives from now on. */
    public KinesisAlertSource startAtLatest() {
        return startAt("LATEST");
    }

    /** Without a checkpoint: all that the stream still holds. */
    public KinesisAlertSource startAtTrimHorizon() {
        return startAt("TRIM_HORIZON");
    }

    /** Without a checkpoint: what arrived at this moment or later. */
    public KinesisAlertSource startAtTimestamp(Instant moment) {
        properties.setProperty(
                ConsumerConfigConstants.STREAM_INITIAL_TIMESTAMP,
                String.format(Locale.ROOT, "%.3f", moment.toEpochMilli() / 1000.0));
        return startAt("AT_TIMESTAMP");
    }

    /** Reads by enhanced fan-out, registered under this name. Default: polling. */
    public KinesisAlertSource enhancedFanOut(String consumerName) {
        properties.setProperty(ConsumerConfigConstants.RECORD_PUBLISHER_TYPE, "EFO");
        properties.setProperty(ConsumerConfigConstants.EFO_CONSUMER_NAME, consumerName);
        return this;
    }

    /** Between two heartbeats of a shard, at least; Kinesis is asked at its own pace. */
    public KinesisAlertSource heartbeatInterval(Duration interval) {
        heartbeatInterval = interval;
        return this;
    }

    /** Consumer properties as the connector names them (endpoint, credentials, polling ...). */
    public KinesisAlertSource properties(Map<String, String> more) {
        properties.putAll(more);
        return this;
    }

    /** Adds the source to the job. The caller gives it uid, name and parallelism. */
    @SuppressWarnings("deprecation") // the consumer is a SourceFunction: see above
    public SingleOutputStreamOperator<RawRecord> add(StreamExecutionEnvironment environment) {
        Properties own = new Properties();
        own.putAll(properties);
        return environment.addSource(
                new HeartbeatKinesisConsumer(
                        sourceId, stream, own, heartbeatInterval.toMillis(), WallClock.system()),
                "kinesis " + sourceId);
    }

    private KinesisAlertSource startAt(String position) {
        properties.setProperty(ConsumerConfigConstants.STREAM_INITIAL_POSITION, position);
        return this;
    }
}
