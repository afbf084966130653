// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import java.io.Serializable;

/** Event time cut into slices of one length, aligned to the epoch. Times in epoch milliseconds. */
public final class Slices implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long millis;

    /**
     * @throws IllegalArgumentException unless {@code millis} is positive
     */
    public Slices(long millis) {
        if (millis <= 0) {
            throw new IllegalArgumentException("A slice lasts at least 1 ms, not " + millis);
        }
        this.millis = millis;
    }

    /** Start of the slice that holds the time. */
    public long startOf(long timeMillis) {
        return Math.floorDiv(timeMillis, millis) * millis;
    }

    /** Last millisecond of the slice that holds the time: the watermark that closes it. */
    public long lastOf(long timeMillis) {
        long start = startOf(timeMillis);
        long last = start + (millis - 1);
        return last < start ? Long.MAX_VALUE : last;
    }

    /** The latest time that closes a slice and is not after the time given. */
    public long lastClosedBy(long timeMillis) {
        return timeMillis == Long.MAX_VALUE ? Long.MAX_VALUE : startOf(timeMillis + 1) - 1;
    }
}
