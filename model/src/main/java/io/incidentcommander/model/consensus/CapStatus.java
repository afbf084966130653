// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/** What the cap below a third did to a roster. Ordinals are stored: append only. */
public enum CapStatus {
    /** No family had a third. */
    NOT_NEEDED,
    /** Some family was cut, and the excess went to the others. */
    CAPPED,
    /** Fewer than four identities or families: raw weights, tolerance 0, a human approves. */
    INFEASIBLE
}
