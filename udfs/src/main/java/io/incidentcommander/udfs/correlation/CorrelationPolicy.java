// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.io.Serializable;

/** What correlation is told. Immutable; durations in milliseconds of event time. */
public final class CorrelationPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Unless said otherwise: one every other day. */
    private static final double OUTBREAKS_PER_DAY = 0.5;

    private final long idleMillis;
    private final int liveEntries;
    private final double significance;
    private final NoveltyBudget budget;
    private final TierCost cost;
    private final double outbreaksPerDay;

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
        this(idleMillis, liveEntries, significance, budget, cost, OUTBREAKS_PER_DAY);
    }

    /**
     * The same.
     *
     * @param outbreaksPerDay incidents that a tenant is expected to have a day before it had any
     */
    public CorrelationPolicy(
            long idleMillis,
            int liveEntries,
            double significance,
            NoveltyBudget budget,
            TierCost cost,
            double outbreaksPerDay) {
        if (!(outbreaksPerDay > 0)) {
            throw new IllegalArgumentException(
                    "Some incidents are expected a day, not " + outbreaksPerDay);
        }
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
        this.outbreaksPerDay = outbreaksPerDay;
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

    /** Of services, by what a catalogue says of them. */
    public TierCost cost() {
        return cost;
    }

    public double outbreaksPerDay() {
        return outbreaksPerDay;
    }
}
