// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import java.util.Locale;

/** Where an incident stands in its life. Ordinals are stored: append, never reorder. */
public enum IncidentState {
    DETECTED,
    DIAGNOSING,
    DECIDING,
    RESOLVING,
    VERIFYING,
    RESOLVED,
    /** Handed to a human. */
    ESCALATED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in events and machine-readable results. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if no state has this word
     */
    public static IncidentState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
