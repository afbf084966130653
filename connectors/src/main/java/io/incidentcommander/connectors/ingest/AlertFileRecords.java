// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.connector.file.src.reader.BulkFormat.RecordIterator;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;

/** The records of a file without a job around them, the same as {@link FileAlertSource} gives. */
public final class AlertFileRecords {
    private AlertFileRecords() {}

    /**
     * Hands over every record of the file, in order, holding one batch at a time.
     *
     * @throws IOException if the file is missing or cannot be read; damaged content is a record
     */
    public static void forEach(AlertFile file, Consumer<RawRecord> consumer) throws IOException {
        Path location = file.location();
        try (AlertFileReader reader =
                new AlertFileReader(file, location.getFileSystem().open(location))) {
            RecordIterator<RawRecord> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<RawRecord> next = batch.next();
                while (next != null) {
                    consumer.accept(next.getRecord());
                    next = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
    }
}
