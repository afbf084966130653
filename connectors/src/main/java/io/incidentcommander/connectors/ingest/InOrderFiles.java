// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * Exactly the files that were given, whatever their names begin with, one split each, handed out in
 * the order given.
 */
final class InOrderFiles {
    private InOrderFiles() {}

    /** Place of the split's file in the list. */
    static int placeOf(FileSourceSplit split) {
        return Integer.parseInt(split.splitId());
    }

    /** Makes the splits; a file that is not there is an error. */
    static final class Enumerator implements FileEnumerator {
        @Override
        public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minimum)
                throws IOException {
            List<FileSourceSplit> splits = new ArrayList<>();
            for (Path path : paths) {
                FileStatus status = path.getFileSystem().getFileStatus(path);
                splits.add(
                        new FileSourceSplit(
                                Integer.toString(splits.size()),
                                path,
                                0,
                                status.getLen(),
                                status.getModificationTime(),
                                status.getLen()));
            }
            return splits;
        }
    }

    /** Hands out the first file that is left. */
    static final class Assigner implements FileSplitAssigner {
        private final TreeMap<Integer, FileSourceSplit> left = new TreeMap<>();

        Assigner(Collection<FileSourceSplit> splits) {
            addSplits(splits);
        }

        @Override
        public Optional<FileSourceSplit> getNext(String host) {
            return Optional.ofNullable(left.pollFirstEntry()).map(entry -> entry.getValue());
        }

        @Override
        public void addSplits(Collection<FileSourceSplit> splits) {
            splits.forEach(split -> left.put(placeOf(split), split));
        }

        @Override
        public Collection<FileSourceSplit> remainingSplits() {
            return List.copyOf(left.values());
        }
    }
}
