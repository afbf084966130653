// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.RawRecord;

/** Turns one raw record into exactly one outcome. Implementations never throw, whatever comes. */
@FunctionalInterface
public interface RecordDecoding {
    DecodeOutcome decode(RawRecord record, SourceProfile profile);
}
