// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Another reader, with heartbeats. Each split is announced before its first record, so that time
 * waits for those that are read later than others. A heartbeat is emitted by a poll that found
 * nothing, if the watch has shown since that nothing is left; so never while records are available,
 * and never under backpressure, when there is no poll.
 */
final class DrainedHeartbeatReader<SplitT extends SourceSplit>
        implements SourceReader<RawRecord, SplitT> {
    private final String source;
    private final SourceReader<RawRecord, SplitT> reader;
    private final DrainWatch<SplitT> watch;
    private final AutoCloseable timer;
    private final ArrayDeque<String> unannounced = new ArrayDeque<>();
    private TrackedOutput<SplitT> tracked;
    private long lastHeartbeat = Long.MIN_VALUE;
    private Availability availability;

    /**
     * @param timer what ticks the watch; closed with the reader
     */
    DrainedHeartbeatReader(
            String source,
            SourceReader<RawRecord, SplitT> reader,
            DrainWatch<SplitT> watch,
            AutoCloseable timer) {
        this.source = source;
        this.reader = reader;
        this.watch = watch;
        this.timer = timer;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) throws Exception {
        if (tracked == null || !tracked.isOf(output)) {
            tracked = new TrackedOutput<>(output, watch);
        }
        while (!unannounced.isEmpty()) {
            output.collect(RawRecord.assigned(source, unannounced.poll()));
        }
        InputStatus status = reader.pollNext(tracked);
        boolean nothingFound = status == InputStatus.NOTHING_AVAILABLE;
        watch.idle(nothingFound);
        if (nothingFound) {
            heartbeat(output);
        }
        return status;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> records = reader.isAvailable();
        CompletableFuture<Void> wake = watch.wake();
        if (records.isDone()) {
            return records;
        }
        if (availability == null || !availability.isOf(records, wake)) {
            availability = new Availability(records, wake);
        }
        return availability.either;
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        splits.forEach(
                split -> {
                    watch.add(split);
                    unannounced.add(split.splitId());
                });
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
        watch.settled();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof SplitsSettled) {
            watch.settled();
        } else {
            reader.handleSourceEvents(event);
        }
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        reader.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        try (timer) {
            reader.close();
        }
    }

    private void heartbeat(ReaderOutput<RawRecord> output) {
        OptionalLong drainedUntil = watch.takeDrainedUntil();
        if (drainedUntil.isPresent() && drainedUntil.getAsLong() > lastHeartbeat) {
            lastHeartbeat = drainedUntil.getAsLong();
            output.collect(RawRecord.heartbeat(source, lastHeartbeat));
        }
    }

    /** Kept while neither completes, so that waiting does not pile up dependents on a future. */
    private static final class Availability {
        private final CompletableFuture<Void> records;
        private final CompletableFuture<Void> wake;
        private final CompletableFuture<Void> either;

        Availability(CompletableFuture<Void> records, CompletableFuture<Void> wake) {
            this.records = records;
            this.wake = wake;
            this.either = CompletableFuture.anyOf(records, wake).thenAccept(ignored -> {});
        }

        boolean isOf(CompletableFuture<Void> otherRecords, CompletableFuture<Void> otherWake) {
            return records == otherRecords && wake == otherWake;
        }
    }
}
