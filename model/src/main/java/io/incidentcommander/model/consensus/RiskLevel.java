// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import java.util.Locale;

/** How dangerous an agent thinks its recommendation is. Ordinals are stored: append only. */
public enum RiskLevel {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in canonical bytes and machine-readable results. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if no level has this word
     */
    public static RiskLevel ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
