// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.RawRecordCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

/** Opens the file a split stands for; a split is a whole file, named by its place in the list. */
final class AlertFileFormat implements BulkFormat<RawRecord, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<AlertFile> files;

    AlertFileFormat(List<AlertFile> files) {
        this.files = new ArrayList<>(files);
    }

    @Override
    public AlertFileReader createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        AlertFile file = files.get(InOrderFiles.placeOf(split));
        return new AlertFileReader(file, split.path().getFileSystem().open(split.path()));
    }

    @Override
    public AlertFileReader restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        AlertFileReader reader = createReader(config, split);
        reader.skip(
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L));
        return reader;
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return CodecTypeInfo.of(new RawRecordCodec());
    }
}
