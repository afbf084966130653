// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.source.SourceFunction.SourceContext;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.KinesisShardAssigner;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/**
 * The connector's consumer, which also announces shards and sends their heartbeats. State is that
 * of the connector's own: either restores the other's.
 *
 * <p>An announcement or heartbeat is emitted as often in a row as the source has subtasks. So if
 * records are dealt out in turn to as many subtasks behind it, each of them gets it.
 */
@SuppressWarnings("deprecation") // see KinesisAlertSource
final class HeartbeatKinesisConsumer extends FlinkKinesisConsumer<RawRecord> {
    private static final long serialVersionUID = 1L;

    private final String sourceId;
    private final long intervalMillis;
    private final WallClock clock;

    HeartbeatKinesisConsumer(
            String sourceId,
            String stream,
            Properties properties,
            long intervalMillis,
            WallClock clock) {
        super(stream, new KinesisRecords(sourceId), properties);
        this.sourceId = sourceId;
        this.intervalMillis = intervalMillis;
        this.clock = clock;
    }

    @Override
    protected KinesisDataFetcher<RawRecord> createFetcher(
            List<String> streams,
            SourceContext<RawRecord> context,
            RuntimeContext runtime,
            Properties properties,
            KinesisDeserializationSchema<RawRecord> schema) {
        return new Fetcher(streams, context, runtime, properties, schema, getShardAssigner());
    }

    private final class Fetcher extends KinesisDataFetcher<RawRecord> {
        private final SourceContext<RawRecord> context;
        private final int copies;
        private final Counter read;

        Fetcher(
                List<String> streams,
                SourceContext<RawRecord> context,
                RuntimeContext runtime,
                Properties properties,
                KinesisDeserializationSchema<RawRecord> schema,
                KinesisShardAssigner assigner) {
            super(streams, context, runtime, properties, schema, assigner, null, null);
            this.context = context;
            this.copies = runtime.getTaskInfo().getNumberOfParallelSubtasks();
            this.read =
                    runtime.getMetricGroup()
                            .counter(
                                    KinesisAlertSource.RECORDS_READ, new ThreadSafeSimpleCounter());
        }

        @Override
        protected RecordPublisher createRecordPublisher(
                SequenceNumber position,
                Properties properties,
                MetricGroup metrics,
                StreamShardHandle shard)
                throws InterruptedException {
            RecordPublisher publisher =
                    super.createRecordPublisher(position, properties, metrics, shard);
            String id = shard.getShard().getShardId();
            emit(RawRecord.assigned(sourceId, id));
            return new ShardHeartbeats(publisher, sourceId, id, intervalMillis, clock, this::emit);
        }

        @Override
        protected void emitRecordAndUpdateState(
                RawRecord record, long timestamp, int shard, SequenceNumber position) {
            super.emitRecordAndUpdateState(record, timestamp, shard, position);
            read.inc();
        }

        private void emit(RawRecord record) {
            synchronized (context.getCheckpointLock()) {
                for (int i = 0; i < copies; i++) {
                    context.collect(record);
                }
            }
        }
    }
}
