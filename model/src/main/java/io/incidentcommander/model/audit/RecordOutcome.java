// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import java.util.Locale;

/**
 * What became of a raw record: the first balance of the ledger. Every record read has exactly one.
 * Ordinals are stored: append, never reorder.
 */
public enum RecordOutcome {
    DEAD_LETTER,
    /** Our own notification come back. */
    ECHO,
    /** Understood, and nothing to act on: a configuration change, a subscription confirmation. */
    NOT_AN_ALERT,
    /** Metric points or log records. */
    TELEMETRY,
    ALERT_BEARING;

    /** The word used in {@code ledger.json}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
