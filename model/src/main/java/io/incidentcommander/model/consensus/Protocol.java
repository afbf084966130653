// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import java.util.Locale;

/** How a round decides; picked by the threat level. Ordinals are stored: append only. */
public enum Protocol {
    /** More than two thirds of the power, in one round. */
    WEIGHTED,
    /** As weighted, without the votes of doubted agents that are outliers. */
    STRICT,
    /** As strict, and a second round has to come to the same action. */
    TWO_ROUNDS,
    /** Agents recommend, a human decides. */
    HUMAN_ONLY,
    /** What was known of the deliberation is lost: the weightiest recommendation, to a human. */
    PRIORITY_FALLBACK;

    /** Whether all that agents say goes to a human, in one round. */
    public boolean isForHumans() {
        return this == HUMAN_ONLY || this == PRIORITY_FALLBACK;
    }

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in canonical bytes and machine-readable results. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if no protocol has this word
     */
    public static Protocol ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
