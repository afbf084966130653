// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.io.Serializable;

/** What correlation is told. Immutable; durations in milliseconds of event time. */
public final class CorrelationPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long idleMillis;
    private final int liveEntries;
    private final double significance;
    private final NoveltyBudget budget;
    private final TierCost cost;

    /**
     * @param idleMillis after so long without an alert an incident is over
     * @param liveEntries kinds of alerts of a tenant that later ones are compared with, at most
     * @param significance chance at or below which a co-occurrence is no chance, in (0,1)
     */
    public CorrelationPolicy(
            long idleMillis,
            int liveEntries,
            double significance,
            NoveltyBudget budget,
            TierCost cost) {
        if (idleMillis <= 0 || liveEntries < 1) {
            throw new IllegalArgumentException(
                    "Correlation needs time and room, not " + idleMillis + ", " + liveEntries);
        }
        if (!(significance > 0 && significance < 1)) {
            throw new IllegalArgumentException("A significance is in (0,1), not " + significance);
        }
        this.idleMillis = idleMillis;
        this.liveEntries = liveEntries;
        this.significance = significance;
        this.budget = budget;
        this.cost = cost;
    }

    public long idleMillis() {
        return idleMillis;
    }

    public int liveEntries() {
        return liveEntries;
    }

    public double significance() {
        return significance;
    }

    public NoveltyBudget budget() {
        return budget;
    }

    public TierCost cost() {
        return cost;
    }
}
