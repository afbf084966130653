// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.RawRecordCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Another source, with heartbeats: while a reader has nothing to emit, at most one {@link
 * RawRecord#heartbeat} per interval says up to when all that was available has been emitted.
 *
 * <p>A heartbeat for a moment is emitted only if a {@link DrainProbe}, asked after that moment,
 * found that the reader had emitted everything. Silence proves nothing: a reader is silent between
 * fetches, under backpressure and while its broker is away. For the same reason Flink's own {@code
 * withIdleness} is no substitute, which on 1.20.0 takes a reader under backpressure for an idle one
 * (FLINK-35886).
 *
 * <p>A reader without splits is drained, but only once discovery has given every reader its own.
 * Splits that are discovered later, such as new partitions, may hold records older than heartbeats
 * already emitted; the interval of discovery bounds by how much.
 *
 * <p>The moment is by the clock of the reader's machine. Whoever makes watermarks of it allows for
 * the skew between that and the clock that stamped the records. State, splits and serializers are
 * those of the other source: with or without heartbeats, either restores the other's state.
 */
public final class DrainedHeartbeatSource<SplitT extends SourceSplit, EnumT>
        implements Source<RawRecord, SplitT, EnumT>, ResultTypeQueryable<RawRecord> {
    private static final long serialVersionUID = 1L;
    private static final long CLOSE_SECONDS = 5;

    private final Source<RawRecord, SplitT, EnumT> source;
    private final String sourceId;
    private final DrainProbe.Factory<SplitT> probes;
    private final Duration interval;
    private final WallClock clock;

    private DrainedHeartbeatSource(
            Source<RawRecord, SplitT, EnumT> source,
            String sourceId,
            DrainProbe.Factory<SplitT> probes,
            Duration interval,
            WallClock clock) {
        this.source = Objects.requireNonNull(source, "source");
        this.sourceId = Objects.requireNonNull(sourceId, "sourceId");
        this.probes = Objects.requireNonNull(probes, "probes");
        this.interval = Objects.requireNonNull(interval, "interval");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * @param source must emit through the output of each split, with offsets that its probe
     *     understands, and with the id of the split as the partition
     * @param sourceId the source id of its records, and of the heartbeats
     * @param interval positive
     */
    public static <SplitT extends SourceSplit, EnumT> DrainedHeartbeatSource<SplitT, EnumT> of(
            Source<RawRecord, SplitT, EnumT> source,
            String sourceId,
            DrainProbe.Factory<SplitT> probes,
            Duration interval,
            WallClock clock) {
        if (interval.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    "the heartbeat interval must be a millisecond at least, not " + interval);
        }
        return new DrainedHeartbeatSource<>(source, sourceId, probes, interval, clock);
    }

    @Override
    public SourceReader<RawRecord, SplitT> createReader(SourceReaderContext context)
            throws Exception {
        int subtask = context.getIndexOfSubtask();
        DrainWatch<SplitT> watch = new DrainWatch<>(clock, () -> probes.create(subtask));
        SourceReader<RawRecord, SplitT> reader = source.createReader(context);
        return new DrainedHeartbeatReader<>(sourceId, reader, watch, startTimer(watch, context));
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> createEnumerator(SplitEnumeratorContext<SplitT> context)
            throws Exception {
        return SettlingEnumerator.of(context, source::createEnumerator);
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> restoreEnumerator(
            SplitEnumeratorContext<SplitT> context, EnumT checkpoint) throws Exception {
        return SettlingEnumerator.of(
                context, tracking -> source.restoreEnumerator(tracking, checkpoint));
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumT> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return CodecTypeInfo.of(new RawRecordCodec());
    }

    /** One daemon thread, which owns the probe; closing it ends both. */
    @SuppressWarnings("FutureReturnValueIgnored") // a tick reports its failures itself
    private AutoCloseable startTimer(DrainWatch<SplitT> watch, SourceReaderContext context) {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "heartbeat of " + sourceId);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(
                                    context.getUserCodeClassLoader().asClassLoader());
                            return thread;
                        });
        long period = interval.toMillis();
        executor.scheduleWithFixedDelay(watch::tick, period, period, TimeUnit.MILLISECONDS);
        return () -> {
            watch.cancel();
            executor.execute(watch::close);
            executor.shutdown();
            executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        };
    }
}
