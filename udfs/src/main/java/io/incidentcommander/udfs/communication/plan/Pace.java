// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import java.io.Serializable;

/**
 * A token bucket as one number: the time at which it would be full again. It is the generic cell
 * rate algorithm (ITU-T I.371, annex A), which lets through exactly what a bucket of {@code burst}
 * tokens lets through that gains one each interval, in whole milliseconds. The number is kept by
 * the caller; 0 is a full bucket. Immutable.
 */
public final class Pace implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000;

    private final long intervalMillis;
    private final int burst;

    private Pace(long intervalMillis, int burst) {
        this.intervalMillis = intervalMillis;
        this.burst = burst;
    }

    /**
     * @param perSecond divides 1,000
     * @throws IllegalArgumentException unless both are positive
     */
    public static Pace of(int perSecond, int burst) {
        if (perSecond <= 0 || burst <= 0 || SECOND % perSecond != 0) {
            throw new IllegalArgumentException(
                    "A pace lets something through, at whole milliseconds: " + perSecond);
        }
        return new Pace(SECOND / perSecond, burst);
    }

    public long intervalMillis() {
        return intervalMillis;
    }

    public int burst() {
        return burst;
    }

    /** From when on one may leave; not after {@code now} means now. */
    public long freeAt(long fullAt, long now) {
        return bounded(fullAt, now) - (burst - 1) * intervalMillis;
    }

    /** The number after one left. */
    public long taken(long fullAt, long now) {
        return Math.max(now, bounded(fullAt, now)) + intervalMillis;
    }

    /** After a clock that went back nobody waits for longer than an empty bucket takes to fill. */
    private long bounded(long fullAt, long now) {
        return Math.min(fullAt, now + burst * intervalMillis);
    }
}
