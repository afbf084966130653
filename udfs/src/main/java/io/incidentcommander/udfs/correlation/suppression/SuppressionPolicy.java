// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.suppression;

import java.io.Serializable;

/**
 * How alerts are held back, and for how long they are remembered. Times in event time. Immutable.
 */
public final class SuppressionPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int mostFiring;
    private final long memoryMillis;
    private final long recheckMillis;

    /**
     * @param mostFiring firing alerts that are remembered of a tenant; the oldest make room
     * @param memoryMillis how long an alert counts as firing after it last came, if nothing says
     *     that it was resolved
     * @param recheckMillis how often it is seen whether what is held back may go
     */
    public SuppressionPolicy(int mostFiring, long memoryMillis, long recheckMillis) {
        if (mostFiring < 1 || memoryMillis < 1 || recheckMillis < 1) {
            throw new IllegalArgumentException(
                    "All of these are above zero: "
                            + mostFiring
                            + ", "
                            + memoryMillis
                            + ", "
                            + recheckMillis);
        }
        this.mostFiring = mostFiring;
        this.memoryMillis = memoryMillis;
        this.recheckMillis = recheckMillis;
    }

    int mostFiring() {
        return mostFiring;
    }

    long memoryMillis() {
        return memoryMillis;
    }

    /** The first time after {@code millis} at which it is seen what may go. */
    public long recheckAfter(long millis) {
        return (Math.floorDiv(millis, recheckMillis) + 1) * recheckMillis;
    }
}
