// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.Locale;

/** What a step of a diagnosis may rest on. Ordinals are stored: append, never reorder. */
public enum EvidenceKind {
    ALERT,
    LOG,
    METRIC,
    /** A pattern seen in this incident. */
    PATTERN,
    /** What is remembered of an incident before. */
    MEMORY;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in text forms and machine-readable results. */
    public String word() {
        return word;
    }
}
