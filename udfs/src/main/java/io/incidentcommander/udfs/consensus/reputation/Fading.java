// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

/** Exponential decay in event time. */
final class Fading {
    private Fading() {}

    /** In [0,1]: what is left at {@code now} of something of {@code then}; all of it before. */
    static double left(long then, long now, long halfLifeMillis) {
        if (now <= then) {
            return 1;
        }
        // As doubles: the difference of two longs may not fit into a long.
        return Math.pow(2, -((double) now - (double) then) / halfLifeMillis);
    }
}
