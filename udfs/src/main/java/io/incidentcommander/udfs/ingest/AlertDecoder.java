// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;

/**
 * Reads one format. A new format is one class and one registration in {@link RecordDecoder}.
 *
 * <p>Stateless and thread safe. Sees only JSON that parsed within the limits; throws nothing but
 * {@link UndecodableException}, whose message becomes the dead letter's reason.
 */
public interface AlertDecoder {
    AlertFormat format();

    /**
     * Whether the document is of this format, by its shape; cheap, and never throws. The answer
     * must not depend on a scalar at a path that any decoder names in {@link #volatileFields}, but
     * for its being a string or a number: a repeat is known without asking again.
     */
    boolean recognises(JsonNode document);

    /**
     * @param firstIndex index of the first alert, metric point or log record within the raw record
     * @throws UndecodableException if the document claims the format and does not keep to it
     */
    DecodeOutcome decode(JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException;

    /** See the contract there. */
    VolatileFields volatileFields();
}
