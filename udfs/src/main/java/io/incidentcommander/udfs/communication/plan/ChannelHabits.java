// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.ChannelKind;
import java.io.Serializable;

/** How fast a channel may be written to, and how long news wait for company. Immutable. */
public final class ChannelHabits implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000;

    private final Pace pace;
    private final long firstWaitMillis;
    private final long updateWaitMillis;
    private final boolean updatesInPlace;

    private ChannelHabits(
            Pace pace, long firstWaitMillis, long updateWaitMillis, boolean updatesInPlace) {
        this.pace = pace;
        this.firstWaitMillis = firstWaitMillis;
        this.updateWaitMillis = updateWaitMillis;
        this.updatesInPlace = updatesInPlace;
    }

    /**
     * Rates as documented by the services; mail waits for the digest, updates for the next ones.
     * All waits are short of the 10 s from decision to send.
     */
    public static ChannelHabits of(ChannelKind kind) {
        switch (kind) {
            case SLACK:
                return new ChannelHabits(Pace.of(1, 5), 0, SECOND, true);
            case PAGERDUTY:
                return new ChannelHabits(Pace.of(2, 10), 0, SECOND, true);
            case EMAIL:
                return new ChannelHabits(Pace.of(10, 50), 5 * SECOND, 5 * SECOND, false);
            case WEBHOOK:
            case LOG:
                return new ChannelHabits(Pace.of(10, 10), 0, SECOND, true);
            default:
                throw new IllegalStateException("No habits of " + kind);
        }
    }

    ChannelHabits paced(Pace other) {
        return new ChannelHabits(other, firstWaitMillis, updateWaitMillis, updatesInPlace);
    }

    ChannelHabits waiting(long firstMillis, long updateMillis) {
        return new ChannelHabits(pace, firstMillis, updateMillis, updatesInPlace);
    }

    public Pace pace() {
        return pace;
    }

    /** What a first message waits, if it is not CRITICAL. */
    public long firstWaitMillis() {
        return firstWaitMillis;
    }

    /** What a later message waits for company, likewise. */
    public long updateWaitMillis() {
        return updateWaitMillis;
    }

    /** Whether a later message takes the place of the one before, and disturbs nobody. */
    boolean updatesInPlace() {
        return updatesInPlace;
    }
}
