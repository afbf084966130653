// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import java.util.Locale;

/** What an event says about its incident. Words are hashed and stored: append, never rename. */
public enum IncidentEventKind {
    OPENED,
    UPDATED,
    CLOSED,
    REOPENED,
    /** Another incident took this one over. */
    MERGED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in the canonical encoding and in JSON. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if no kind has this word
     */
    public static IncidentEventKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
