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
     * @param budget share of all alerts that may pass, in (0,1]; 1 for no limit
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

    /**
     * How many alerts of a fingerprint must have come, the one in question included, before a
     * further one passes: 1 without a budget, else 2 / budget. The first of a fingerprint passes
     * always. So at most (fingerprints + budget / 2 of all alerts) pass.
     */
    public long repeatsPerPass() {
        return budget == 1 ? 1 : (long) Math.ceil(2 / budget);
    }

    /** How long after its last alert a fingerprint is remembered. */
    public long memoryMillis() {
        return budget == 1 ? quietMillis : Math.multiplyExact(quietMillis, 24);
    }
}
