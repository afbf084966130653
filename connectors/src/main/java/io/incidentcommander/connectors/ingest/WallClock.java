// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.Serializable;

/** The time of day at the edge of the job, where records arrive. Nothing decides by it. */
@FunctionalInterface
public interface WallClock extends Serializable {
    /** Epoch milliseconds. */
    long millis();

    /** The machine's. */
    static WallClock system() {
        return System::currentTimeMillis;
    }
}
