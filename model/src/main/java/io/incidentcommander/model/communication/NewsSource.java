// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

/** Who has news of an incident. Ordinals are stored: append, never reorder. */
public enum NewsSource {
    /** The incident's own events. */
    INCIDENT,
    DIAGNOSIS,
    DECISION,
    /** What a human said of it. */
    HUMAN
}
