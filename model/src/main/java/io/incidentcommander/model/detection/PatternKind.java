// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection;

import java.util.Locale;

/** What a pattern is about. Ordinals are stored: append, never reorder. */
public enum PatternKind {
    /** A service fell ill, and then several that depend on it. */
    CASCADE,
    /** Many different alerts of one service in short time. */
    STORM,
    /** A series that only rises. */
    SLOW_LEAK,
    /** The same alert again and again, resolved in between. */
    FLAPPING,
    /** What was resolved is back. */
    RECURRENCE,
    /** What should be heard is not. */
    SILENT_FAILURE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in events and machine-readable results. */
    public String word() {
        return word;
    }
}
