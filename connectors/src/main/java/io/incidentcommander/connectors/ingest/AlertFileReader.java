// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

/**
 * Reads one file from its beginning, in batches bounded by count and bytes. Its position is the
 * number of records read: compressed content cannot be entered in the middle, so a restored reader
 * reads up to there again and delivers nothing of it.
 */
final class AlertFileReader implements BulkFormat.Reader<RawRecord> {
    private static final int BATCH_RECORDS = 1024;
    private static final long BATCH_BYTES = 1 << 20;

    private final AlertFile file;
    private final ByteWindow window;
    private final Framer framer;
    private final FileClock clock;
    private boolean ended;
    private long delivered;
    private RawRecord[] batch = new RawRecord[BATCH_RECORDS];
    private int batchRecords;
    private long batchBytes;

    /** Owns the stream; closes it if the file cannot be opened. */
    AlertFileReader(AlertFile file, InputStream raw) throws IOException {
        this.file = file;
        this.clock = new FileClock(file);
        try {
            this.window = new ByteWindow(Decompression.of(raw));
            this.framer = FramingChoice.framer(file, window);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Passes over what an earlier reader delivered. */
    void skip(long records) throws IOException {
        while (delivered < records && readRecord()) {
            delivered++;
            batchRecords = 0;
        }
    }

    @Override
    @SuppressWarnings("ReturnNull") // the contract of the interface: null ends the file
    public BulkFormat.RecordIterator<RawRecord> readBatch() throws IOException {
        batch = new RawRecord[BATCH_RECORDS];
        batchRecords = 0;
        batchBytes = 0;
        while (batchRecords < BATCH_RECORDS && batchBytes < BATCH_BYTES && readRecord()) {
            // the sink fills the batch
        }
        if (batchRecords == 0) {
            return null;
        }
        ArrayResultIterator<RawRecord> records = new ArrayResultIterator<>();
        records.set(batch, batchRecords, CheckpointedPosition.NO_OFFSET, delivered);
        delivered += batchRecords;
        return records;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    /** Adds a record to the batch; false if there is none left. */
    private boolean readRecord() throws IOException {
        int before = batchRecords;
        if (!ended && !framer.next(this::data)) {
            ended = true;
            window.damage().ifPresent(this::damaged);
        }
        if (batchRecords > before) {
            batch[before] = clock.timed(batch[before]);
        }
        return batchRecords > before;
    }

    private void data(long line, byte[] bytes, long size) {
        boolean whole = bytes.length == size;
        add(
                whole
                        ? RawRecord.of(
                                file.source(), file.path(), line, RawRecord.NO_ARRIVAL, bytes)
                        : RawRecord.truncated(
                                file.source(),
                                file.path(),
                                line,
                                RawRecord.NO_ARRIVAL,
                                (int) Math.min(Integer.MAX_VALUE, size),
                                bytes));
    }

    /** The line after the last one, so that no two records of the file share an offset. */
    private void damaged(String reason) {
        add(RawRecord.unreadable(file.source(), file.path(), window.line() + 1, reason));
    }

    private void add(RawRecord record) {
        batch[batchRecords++] = record;
        batchBytes += record.bytes().length;
    }
}
