// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import java.io.Serializable;

/** What deduplication is told. Immutable; durations in milliseconds of event time. */
public final class DedupPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Slices slices;
    private final long quietMillis;
    private final double budget;

    /**
     * @param quietMillis after so long without an alert, the next one of a fingerprint is news
     * @param budget share of all alerts that may be kept, in (0,1]; 1 for no limit. What passes
     *     here is not limited by it: see {@link NoveltyBudget}
     */
    public DedupPolicy(Slices slices, long quietMillis, double budget) {
        if (quietMillis <= 0) {
            throw new IllegalArgumentException("The quiet period must be positive");
        }
        if (!(budget > 0 && budget <= 1)) {
            throw new IllegalArgumentException("A budget is in (0,1], not " + budget);
        }
        this.slices = slices;
        this.quietMillis = quietMillis;
        this.budget = budget;
    }

    public Slices slices() {
        return slices;
    }

    public long quietMillis() {
        return quietMillis;
    }

    /** Whether all alerts must be counted for a budget that is kept further on. */
    public boolean countsAlerts() {
        return budget < 1;
    }

    /** How long after its last alert a fingerprint is remembered. */
    public long memoryMillis() {
        return budget == 1 ? quietMillis : Math.multiplyExact(quietMillis, 24);
    }
}
