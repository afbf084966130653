// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;

/**
 * Alerts from files: a bounded source of {@link RawRecord}s.
 *
 * <p>Plain, gzip and zstd are told apart by content. A record's partition is the path as the user
 * gave it, its offset the zero-based number of the line it begins in (a CSV header is line 0), its
 * arrival unknown, but for a record that states no time in a file {@linkplain AlertFile#withTimes
 * whose times are told}: its arrival is the time that it is in the file. Lines that are blank are
 * no records. Files are begun in the order given and read whole by one reader each; so parallelism
 * beyond the number of files is idle, and decoding is better spread over a rebalance.
 *
 * <p>Bad content never fails the job. A record above 256 KiB becomes one {@linkplain
 * RawRecord#truncated truncated} record and is never held whole, whatever it expands from. Where a
 * compressed file is corrupt or ends early, all that can be read is delivered, an unfinished last
 * line too, then one {@linkplain RawRecord#unreadable unreadable} record that says why. A file that
 * is missing or cannot be read fails the job.
 */
public final class FileAlertSource {
    private FileAlertSource() {}

    /**
     * @throws IllegalArgumentException if there is no file, or two have the same source and path
     */
    public static FileSource<RawRecord> of(List<AlertFile> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no file to read alerts from");
        }
        long distinct =
                files.stream().map(file -> file.source() + '\n' + file.path()).distinct().count();
        if (distinct < files.size()) {
            throw new IllegalArgumentException(
                    "a file is given twice for the same source: " + files);
        }
        Path[] locations = files.stream().map(AlertFile::location).toArray(Path[]::new);
        return FileSource.forBulkFileFormat(new AlertFileFormat(files), locations)
                .setFileEnumerator(InOrderFiles.Enumerator::new)
                .setSplitAssigner(InOrderFiles.Assigner::new)
                .build();
    }
}
