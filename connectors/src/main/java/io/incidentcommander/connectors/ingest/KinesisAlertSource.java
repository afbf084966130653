// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/**
 * Alerts from one Kinesis data stream, as {@link RawRecord}s; a record's partition is its shard id,
 * its offset as {@link KinesisRecords} derives it, its arrival Kinesis' approximate one. One above
 * 256 KiB is {@linkplain RawRecord#truncated truncated}.
 *
 * <p>Sends no heartbeats. Order is kept within a shard, and not across resharding. Few shards need
 * a rebalance behind the source.
 *
 * <p>The consumer behind it is of the API that Flink 2 removes, and its state is serialized by
 * Kryo: nothing but this class may know of it. Its uid must be one that a replacement can drop; the
 * replacement then starts at a timestamp.
 */
public final class KinesisAlertSource {
    private final String sourceId;
    private final String stream;
    private final Properties properties = new Properties();

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
                new FlinkKinesisConsumer<>(stream, new KinesisRecords(sourceId), own),
                "kinesis " + sourceId);
    }

    private KinesisAlertSource startAt(String position) {
        properties.setProperty(ConsumerConfigConstants.STREAM_INITIAL_POSITION, position);
        return this;
    }
}
