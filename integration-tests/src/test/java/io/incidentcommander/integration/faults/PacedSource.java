// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Another source that never runs far ahead of the checkpoints: after so many records a reader waits
 * for the next one to complete, so that a fast run has many, or, if it is held, for ever, so that a
 * savepoint finds it in the middle. State is the other source's.
 */
public final class PacedSource<SplitT extends SourceSplit, EnumT>
        implements Source<RawRecord, SplitT, EnumT>, ResultTypeQueryable<RawRecord> {
    private static final long serialVersionUID = 1L;

    /** What ends a wait. */
    private enum Release {
        CHECKPOINT,
        NOTHING
    }

    private final Source<RawRecord, SplitT, EnumT> source;
    private final long records;
    private final Release release;

    private PacedSource(Source<RawRecord, SplitT, EnumT> source, long records, Release release) {
        this.source = source;
        this.records = records;
        this.release = release;
    }

    /** At least {@code records} and a batch between two checkpoints, for each reader. */
    public static <S extends SourceSplit, E> PacedSource<S, E> byCheckpoints(
            Source<RawRecord, S, E> source, long records) {
        return new PacedSource<>(source, records, Release.CHECKPOINT);
    }

    /** Each reader stops after so many records and a batch, or at its last, without an end. */
    public static <S extends SourceSplit, E> PacedSource<S, E> heldAfter(
            Source<RawRecord, S, E> source, long records) {
        return new PacedSource<>(source, records, Release.NOTHING);
    }

    @Override
    public SourceReader<RawRecord, SplitT> createReader(SourceReaderContext context)
            throws Exception {
        return new Reader(source.createReader(context));
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> createEnumerator(SplitEnumeratorContext<SplitT> context)
            throws Exception {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> restoreEnumerator(
            SplitEnumeratorContext<SplitT> context, EnumT checkpoint) throws Exception {
        return source.restoreEnumerator(context, checkpoint);
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
        return CodecTypeInfo.of(new RawRecord.RawRecordCodec());
    }

    private final class Reader implements SourceReader<RawRecord, SplitT> {
        private final SourceReader<RawRecord, SplitT> reader;
        private CompletableFuture<Void> released = new CompletableFuture<>();
        private long emitted;
        private boolean held;

        Reader(SourceReader<RawRecord, SplitT> reader) {
            this.reader = reader;
        }

        @Override
        public void start() {
            reader.start();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<RawRecord> output) throws Exception {
            if (waits()) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            InputStatus status = reader.pollNext(new CountingOutput(output));
            if (status == InputStatus.END_OF_INPUT && release == Release.NOTHING) {
                held = true; // one that ends while a savepoint begins makes Flink refuse it
                return InputStatus.NOTHING_AVAILABLE;
            }
            return status;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return waits() ? released : reader.isAvailable();
        }

        private boolean waits() {
            return held || emitted >= records;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) throws Exception {
            reader.notifyCheckpointComplete(checkpointId);
            if (release == Release.CHECKPOINT) {
                emitted = 0;
                released.complete(null);
                released = new CompletableFuture<>();
            }
        }

        @Override
        public List<SplitT> snapshotState(long checkpointId) {
            return reader.snapshotState(checkpointId);
        }

        @Override
        public void addSplits(List<SplitT> splits) {
            reader.addSplits(splits);
        }

        @Override
        public void notifyNoMoreSplits() {
            reader.notifyNoMoreSplits();
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            reader.handleSourceEvents(event);
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }

        private final class CountingOutput implements ReaderOutput<RawRecord> {
            private final ReaderOutput<RawRecord> output;

            CountingOutput(ReaderOutput<RawRecord> output) {
                this.output = output;
            }

            @Override
            public void collect(RawRecord record) {
                emitted++;
                output.collect(record);
            }

            @Override
            public void collect(RawRecord record, long timestamp) {
                emitted++;
                output.collect(record, timestamp);
            }

            @Override
            public void emitWatermark(Watermark watermark) {
                output.emitWatermark(watermark);
            }

            @Override
            public void markIdle() {
                output.markIdle();
            }

            @Override
            public void markActive() {
                output.markActive();
            }

            @Override
            public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
                throw new UnsupportedOperationException("Records are counted on the main output");
            }

            @Override
            public void releaseOutputForSplit(String splitId) {
                output.releaseOutputForSplit(splitId);
            }
        }
    }
}
