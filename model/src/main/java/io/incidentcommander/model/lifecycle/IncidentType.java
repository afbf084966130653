// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import java.util.Locale;

/** What kind of failure it is. Ordinals are stored: append, never reorder. */
public enum IncidentType {
    RESOURCE_EXHAUSTION,
    MEMORY_LEAK,
    DATABASE_FAILURE,
    DDOS,
    API_OVERLOAD,
    STORAGE_FAILURE,
    DEPLOYMENT_REGRESSION,
    DEPENDENCY_FAILURE,
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in events and machine-readable results. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if no type has this word
     */
    public static IncidentType ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
