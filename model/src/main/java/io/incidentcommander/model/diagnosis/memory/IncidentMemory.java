// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import java.util.concurrent.CompletableFuture;

/** What was learned from incidents. Thread safe; no method blocks. */
public interface IncidentMemory extends AutoCloseable {
    /** A search takes no longer, whatever its caller would wait (fixed upper bound). */
    long MAX_SEARCH_MILLIS = 60_000;

    /**
     * The patterns that are most like what is looked for. Never completes exceptionally.
     *
     * @param withinMillis how long the caller waits, at most {@link #MAX_SEARCH_MILLIS}
     */
    CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis);

    /**
     * Keeps a pattern; one that is known already is kept once. Completes when it is stored, or
     * exceptionally if it is not, and may then be tried again.
     */
    CompletableFuture<Void> learn(IncidentPattern pattern);

    /** Closes breakers and fills buckets: whoever did not answer is asked again. */
    default void reset() {}
}
