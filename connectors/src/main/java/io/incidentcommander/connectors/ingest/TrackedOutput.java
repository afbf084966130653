// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceSplit;

/** Passes everything on, and notes how far each split was emitted. */
final class TrackedOutput<SplitT extends SourceSplit> implements ReaderOutput<RawRecord> {
    private final ReaderOutput<RawRecord> output;
    private final DrainWatch<SplitT> watch;

    TrackedOutput(ReaderOutput<RawRecord> output, DrainWatch<SplitT> watch) {
        this.output = output;
        this.watch = watch;
    }

    boolean isOf(ReaderOutput<RawRecord> other) {
        return output == other;
    }

    @Override
    public void collect(RawRecord record) {
        output.collect(record);
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
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
        SourceOutput<RawRecord> ofSplit = output.createOutputForSplit(splitId);
        return watch.progress(splitId)
                .<SourceOutput<RawRecord>>map(progress -> new OfSplit(ofSplit, progress))
                .orElse(ofSplit);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        watch.remove(splitId);
        output.releaseOutputForSplit(splitId);
    }

    private static final class OfSplit implements SourceOutput<RawRecord> {
        private final SourceOutput<RawRecord> output;
        private final SplitProgress<?> progress;

        OfSplit(SourceOutput<RawRecord> output, SplitProgress<?> progress) {
            this.output = output;
            this.progress = progress;
        }

        @Override
        public void collect(RawRecord record) {
            output.collect(record);
            progress.emitted(record.offset());
        }

        @Override
        public void collect(RawRecord record, long timestamp) {
            output.collect(record, timestamp);
            progress.emitted(record.offset());
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
    }
}
