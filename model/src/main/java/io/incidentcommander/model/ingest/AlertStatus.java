// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

/** What the sender says of the alert now. Ordinals are stored: append, never reorder. */
public enum AlertStatus {
    FIRING,
    /** The sender withdrew it: it closes. */
    RESOLVED,
    /** The sender cannot tell (CloudWatch INSUFFICIENT_DATA, Datadog no data). Not an OK. */
    NO_DATA,
    /** A human has seen it; it still fires. */
    ACKNOWLEDGED
}
