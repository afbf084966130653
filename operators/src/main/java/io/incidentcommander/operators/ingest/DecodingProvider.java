// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.udfs.ingest.AlertDecoder;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.RecordDecoding;
import java.io.Serializable;
import java.util.List;

/** Makes the decoding of records, on the subtask that uses it. */
public interface DecodingProvider extends Serializable {
    RecordDecoding create();

    /** Those formats whose repeats can be known by their bytes; empty to decode each record. */
    List<AlertDecoder> repeatable();

    /** Every registered format, by content or by the source's profile. */
    static DecodingProvider ofAllFormats() {
        return new DecodingProvider() {
            private static final long serialVersionUID = 1L;

            @Override
            public RecordDecoding create() {
                return new RecordDecoder();
            }

            @Override
            public List<AlertDecoder> repeatable() {
                return new RecordDecoder().decoders();
            }
        };
    }
}
