// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;

/** Cuts a stream into records, one at a time, in order. */
interface Framer {
    /** Hands the next record to the sink; false if there is none. */
    boolean next(Sink sink) throws IOException;

    /** Takes records. */
    interface Sink {
        /**
         * @param line zero-based number of the line in which the record begins
         * @param bytes the record without its line end, or its head if it is too large
         * @param size bytes the record measures, however many are handed over
         */
        void record(long line, byte[] bytes, long size);
    }
}
