// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import io.incidentcommander.datagen.storm.OpenLoopPacer;
import io.incidentcommander.datagen.storm.StormClock;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Emits the records of its partitions in the order of their intended times. Ahead of the schedule
 * it waits, and says so by a heartbeat at most every {@value #HEARTBEAT_MILLIS} ms: all records
 * meant for up to that time have been emitted.
 */
final class GeneratorReader implements SourceReader<RawRecord, GeneratorSplit> {
    static final int BATCH = 64;
    static final long HEARTBEAT_MILLIS = 200;

    private static final long MILLI = 1_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    /** Waking up for every record would cost more than making it. */
    private static final long LEAST_WAIT_NANOS = MILLI;

    private final StormPlan plan;
    private final StormClock clock;
    private final List<PartitionCursor> cursors = new ArrayList<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;
    private OpenLoopPacer pacer; // null inside: no split yet
    private long lastHeartbeatMillis = NEVER;

    GeneratorReader(StormPlan plan) {
        this.plan = plan;
        this.clock = plan.clock();
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
        PartitionCursor earliest = earliest();
        if (earliest == null || earliest.isAtEnd()) {
            return endOrWait();
        }
        long now =
                plan.timing() == StormPlan.Timing.PACED ? pacer.elapsedNanos() : Long.MAX_VALUE - 1;
        if (earliest.dueNanos() > now) {
            await(earliest, now, output);
            return InputStatus.NOTHING_AVAILABLE;
        }
        emitBatch(earliest, now, output);
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public List<GeneratorSplit> snapshotState(long checkpointId) {
        List<GeneratorSplit> splits = new ArrayList<>();
        for (PartitionCursor cursor : cursors) {
            splits.add(cursor.position());
        }
        return splits;
    }

    @Override
    public void addSplits(List<GeneratorSplit> splits) {
        for (GeneratorSplit split : splits) {
            cursors.add(new PartitionCursor(plan, split));
            pacer = plan.pacer(split.startMillis());
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() {}

    private InputStatus endOrWait() {
        if (noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        available = new CompletableFuture<>();
        return InputStatus.NOTHING_AVAILABLE;
    }

    private void emitBatch(PartitionCursor first, long now, ReaderOutput<RawRecord> output) {
        boolean unpaced = plan.timing() == StormPlan.Timing.UNPACED;
        long sendingMillis = unpaced ? clock.epochMillis() : 0;
        PartitionCursor cursor = first;
        for (int i = 0; i < BATCH && cursor.dueNanos() <= now; i++) {
            long time = unpaced ? sendingMillis : cursor.dueMillis();
            output.collect(cursor.take(time), time);
            cursor = cursors.size() == 1 ? cursor : earliest();
        }
    }

    private void await(PartitionCursor next, long now, ReaderOutput<RawRecord> output) {
        long emittedUpTo = Math.min(next.dueMillis() - 1, pacer.nowMillis());
        if (lastHeartbeatMillis == NEVER || emittedUpTo >= lastHeartbeatMillis + HEARTBEAT_MILLIS) {
            lastHeartbeatMillis = emittedUpTo;
            output.collect(RawRecord.heartbeat(plan.sourceId(), emittedUpTo), emittedUpTo);
        }
        long wait = Math.min(next.dueNanos() - now, HEARTBEAT_MILLIS * MILLI);
        available = clock.after(Math.max(LEAST_WAIT_NANOS, wait));
    }

    /** Null without partitions; at its end if all are. */
    private PartitionCursor earliest() {
        PartitionCursor earliest = null;
        for (PartitionCursor cursor : cursors) {
            if (earliest == null || cursor.dueNanos() < earliest.dueNanos()) {
                earliest = cursor;
            }
        }
        return earliest;
    }
}
