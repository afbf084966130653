// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.util.function.Consumer;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordBatch;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;

/**
 * Another publisher of one shard, with heartbeats: an answer of Kinesis that holds no record and is
 * 0 ms behind the tip says that all was read which was there when the answer was waited for. That
 * moment, and not the one at which the answer is taken, is the heartbeat's.
 *
 * <p>A poll is asked after the wait began. A subscription pushes, and answers may lie in buffers;
 * so one that was there at once vouches for nothing, but for the first after the subscription.
 * Under backpressure the thread that waits here stands still in between, and no heartbeat is sent.
 *
 * <p>Used by one thread.
 */
final class ShardHeartbeats implements RecordPublisher {
    /** An answer that took this long was not in a buffer. */
    static final long WAITED_MILLIS = 100;

    private final RecordPublisher publisher;
    private final String source;
    private final String shard;
    private final long intervalMillis;
    private final WallClock clock;
    private final Consumer<RawRecord> out;
    private long waitingSince;
    private boolean first;
    private long lastHeartbeat = Long.MIN_VALUE;

    /**
     * @param intervalMillis between two heartbeats, at least
     * @param out takes heartbeats, behind the records that were published before
     */
    ShardHeartbeats(
            RecordPublisher publisher,
            String source,
            String shard,
            long intervalMillis,
            WallClock clock,
            Consumer<RawRecord> out) {
        this.publisher = publisher;
        this.source = source;
        this.shard = shard;
        this.intervalMillis = intervalMillis;
        this.clock = clock;
        this.out = out;
    }

    @Override
    public RecordPublisherRunResult run(RecordBatchConsumer consumer) throws InterruptedException {
        waitingSince = clock.millis();
        first = true;
        return publisher.run(batch -> passOn(batch, consumer));
    }

    private SequenceNumber passOn(RecordBatch batch, RecordBatchConsumer consumer) {
        long moment = waitingSince;
        boolean waited = first || clock.millis() - moment >= WAITED_MILLIS;
        SequenceNumber last = consumer.accept(batch);
        if (waited && isAtTip(batch)) {
            heartbeat(moment);
        }
        first = false;
        waitingSince = clock.millis();
        return last;
    }

    private static boolean isAtTip(RecordBatch batch) {
        Long behind = batch.getMillisBehindLatest();
        return batch.getAggregatedRecordSize() == 0 && behind != null && behind == 0;
    }

    private void heartbeat(long moment) {
        if (lastHeartbeat == Long.MIN_VALUE || moment - lastHeartbeat >= intervalMillis) {
            lastHeartbeat = moment;
            out.accept(RawRecord.heartbeat(source, shard, moment));
        }
    }
}
