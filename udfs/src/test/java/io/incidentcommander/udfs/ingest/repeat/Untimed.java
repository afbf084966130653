// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.AlertDecoder;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.SourceProfile;
import io.incidentcommander.udfs.ingest.UndecodableException;
import io.incidentcommander.udfs.ingest.VolatileFields;

/** A decoder that promises nothing of its values. */
final class Untimed implements AlertDecoder {
    private final AlertDecoder decoder;

    Untimed(AlertDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public AlertFormat format() {
        return decoder.format();
    }

    @Override
    public boolean recognises(JsonNode document) {
        return decoder.recognises(document);
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        return decoder.decode(document, record, firstIndex, profile);
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }
}
