// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import java.util.Locale;

/**
 * What became of a decoded alert: the second balance of the ledger. Every alert ends in exactly
 * one; {@link #PENDING} is the way there. Ordinals are stored: append, never reorder.
 */
public enum Disposition {
    /** It opened an incident, changed one, or otherwise reached a human. */
    DELIVERED,
    /** A repeat of an alert that is known in this state. */
    DUPLICATE,
    /** Part of an incident that was open already, or of what comes anyway and is watched. */
    GROUPED,
    INHIBITED,
    SILENCED,
    /** Over the budget of its service in its second. */
    SAMPLED_OUT,
    /** It came after a later state of the same alert was decided on. */
    LATE,
    PENDING;

    /** The word used in {@code ledger.json} and {@code alerts.ndjson}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
