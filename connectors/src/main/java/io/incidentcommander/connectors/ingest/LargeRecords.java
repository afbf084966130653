// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.Arrays;

/**
 * Cuts what a transport could only deliver whole: nothing after the source carries more than the
 * head of a record that is too large.
 */
final class LargeRecords {
    private LargeRecords() {}

    static RawRecord cut(
            String source, String partition, long offset, long arrivalMillis, byte[] bytes) {
        if (bytes.length <= ByteWindow.LARGEST_RECORD) {
            return RawRecord.of(source, partition, offset, arrivalMillis, bytes);
        }
        byte[] head = Arrays.copyOf(bytes, DeadLetter.HEAD_BYTES);
        return RawRecord.truncated(source, partition, offset, arrivalMillis, bytes.length, head);
    }
}
