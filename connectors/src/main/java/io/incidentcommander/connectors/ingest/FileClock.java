// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import org.apache.flink.connector.file.src.reader.BulkFormat.RecordIterator;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What time it is in a file: the last one that was stated so far; at its beginning the first one
 * that is stated in it; where none is, when the file was last written. A record with an alert that
 * states no time has that as its arrival.
 *
 * <p>Follows from the content alone, so a reader that begins anew comes to the same. Not thread
 * safe.
 */
final class FileClock {
    private final AlertFile file;
    private long millis = StatedTime.UNSTATED;

    FileClock(AlertFile file) {
        this.file = file;
    }

    /** The record, with an arrival if it needs one. */
    RawRecord timed(RawRecord record) throws IOException {
        StatedTime stated = file.times().of(record);
        if (stated.isMissing() && millis == StatedTime.UNSTATED) {
            millis = first();
        }
        RawRecord timed = stated.isMissing() ? record.arrivedAt(millis) : record;
        if (stated.lastMillis() != StatedTime.UNSTATED) {
            millis = stated.lastMillis();
        }
        return timed;
    }

    private long first() throws IOException {
        Path location = file.location();
        FileSystem files = location.getFileSystem();
        try (AlertFileReader reader =
                new AlertFileReader(file.withTimes(StatedTimes.NOT_ASKED), files.open(location))) {
            RecordIterator<RawRecord> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<RawRecord> next = batch.next();
                while (next != null) {
                    long stated = file.times().of(next.getRecord()).lastMillis();
                    if (stated != StatedTime.UNSTATED) {
                        return stated;
                    }
                    next = batch.next();
                }
                batch = reader.readBatch();
            }
        }
        return files.getFileStatus(location).getModificationTime();
    }
}
