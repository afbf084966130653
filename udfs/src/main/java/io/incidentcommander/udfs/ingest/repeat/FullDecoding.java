// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;

/**
 * Decodes a record as whoever asks a {@link RepeatRecogniser} does when it knows no repeat: by the
 * profile of its source, and with the same answer for the same record whenever it is asked.
 */
@FunctionalInterface
public interface FullDecoding {
    DecodeOutcome decode(RawRecord record);
}
