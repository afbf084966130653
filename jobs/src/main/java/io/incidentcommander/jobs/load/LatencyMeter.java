// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one load run, from the time an alert was meant to be sent until it was deduplicated,
 * in milliseconds. One for the process: sinks run in the cluster's threads and find it here. Thread
 * safe.
 */
final class LatencyMeter {
    private static final long HIGHEST_MILLIS = 3_600_000;
    private static final ConcurrentHistogram HISTOGRAM = new ConcurrentHistogram(HIGHEST_MILLIS, 3);
    private static volatile long countedFromMillis = Long.MAX_VALUE;

    private LatencyMeter() {}

    /** Forgets all, and counts nothing yet. */
    static void reset() {
        countedFromMillis = Long.MAX_VALUE;
        HISTOGRAM.reset();
    }

    /** From now on alerts count; what was meant to be sent before is warm-up. */
    static void start() {
        countedFromMillis = System.currentTimeMillis();
    }

    static void record(long intendedMillis, long nowMillis) {
        if (intendedMillis >= countedFromMillis) {
            HISTOGRAM.recordValue(
                    Math.max(0, Math.min(HIGHEST_MILLIS, nowMillis - intendedMillis)));
        }
    }

    static Histogram snapshot() {
        return HISTOGRAM.copy();
    }
}
