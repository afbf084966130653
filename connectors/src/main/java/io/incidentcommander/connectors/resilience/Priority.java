// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

/** Who goes first when there is not enough for all. */
public enum Priority {
    /** A person waits. May use everything. */
    CRITICAL(0.0),
    /** Leaves a fifth of the burst to the critical. */
    NORMAL(0.2),
    /** Leaves half of the burst to the others. */
    LOW(0.5);

    private final double reserve;

    Priority(double reserve) {
        this.reserve = reserve;
    }

    /** The share of a burst that it may not touch. */
    double reserve() {
        return reserve;
    }
}
