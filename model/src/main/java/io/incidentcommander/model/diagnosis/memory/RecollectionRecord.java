// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * What was remembered for each analysis, so that one that runs again, after a failure or in a
 * replay, is asked with the same memories whatever was learned meanwhile. Thread safe.
 */
public interface RecollectionRecord extends Serializable {
    /**
     * Of this analysis, if it is kept.
     *
     * @param analysis the id of the analysis
     * @param query what is looked for in it
     */
    Optional<Recollection> find(String analysis, MemoryQuery query) throws IOException;

    /** The first of an analysis is kept; a later one changes nothing. */
    void keep(String analysis, MemoryQuery query, Recollection found) throws IOException;

    /** Keeps nothing. */
    static RecollectionRecord none() {
        return new RecollectionRecord() {
            private static final long serialVersionUID = 1L;

            @Override
            public Optional<Recollection> find(String analysis, MemoryQuery query) {
                return Optional.empty();
            }

            @Override
            public void keep(String analysis, MemoryQuery query, Recollection found) {}
        };
    }
}
