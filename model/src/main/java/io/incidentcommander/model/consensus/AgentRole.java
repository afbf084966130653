// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import java.util.Locale;

/** What an agent votes as. Ordinals are stored: append, never reorder. */
public enum AgentRole {
    DETECTION,
    DIAGNOSIS,
    PREDICTION,
    RESOLUTION;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in canonical bytes and machine-readable results. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if no role has this word
     */
    public static AgentRole ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
