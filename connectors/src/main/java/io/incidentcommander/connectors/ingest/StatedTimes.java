// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import java.io.Serializable;

/**
 * Tells what times the records of a file state, so that those which state none can be put in order:
 * they take the time of what stands before them. Thread safe.
 */
public interface StatedTimes extends Serializable {
    /** Of records that are left as they are. */
    StatedTimes NOT_ASKED = record -> StatedTime.NONE_MISSING;

    StatedTime of(RawRecord record);
}
