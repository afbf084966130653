// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.Serializable;
import java.util.Optional;

/**
 * When a stored chain is looked at: some time after its last event, and from then on in intervals
 * that double, so that old history is looked at too and costs less and less; {@value #LONGEST_DAYS}
 * days after its last event for the last time. Pure; times are event time in epoch milliseconds.
 */
public final class ChainPatrol implements Serializable {
    /** How long a chain is watched after its last event. */
    public static final int LONGEST_DAYS = 30;

    private static final long serialVersionUID = 1L;
    private static final long LONGEST_MILLIS = LONGEST_DAYS * 24L * 3_600_000L;

    private final long firstMillis;

    /**
     * @param firstMillis after the last event, positive
     */
    public ChainPatrol(long firstMillis) {
        if (firstMillis <= 0) {
            throw new IllegalArgumentException("The first look is later, not " + firstMillis);
        }
        this.firstMillis = firstMillis;
    }

    /** The watch over a chain with this event at its end. */
    public ChainWatch over(IncidentEvent last) {
        return new ChainWatch(
                last.tenant(),
                last.incidentId(),
                last.head(),
                last.eventTimeMillis(),
                0,
                last.eventTimeMillis());
    }

    /** When the chain is looked at next; empty: no more. */
    public Optional<Long> nextLook(ChainWatch watch) {
        long after = watch.looks() > 40 ? Long.MAX_VALUE : firstMillis << watch.looks();
        return after > LONGEST_MILLIS || after <= 0
                ? Optional.empty()
                : Optional.of(watch.writtenAtMillis() + after);
    }
}
