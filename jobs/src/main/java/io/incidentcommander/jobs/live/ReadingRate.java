// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

/**
 * Records per second that a job reads, from the first reading to the last that brought any. A job
 * that keeps up reads at the rate of the storm, one that does not at its own. Not thread safe.
 */
final class ReadingRate {
    private long firstCount = -1;
    private long firstNanos;
    private long lastCount;
    private long lastNanos;

    void add(long count, long nanos) {
        if (firstCount < 0) {
            firstCount = count;
            firstNanos = nanos;
            lastCount = count;
            lastNanos = nanos;
        }
        if (count > lastCount) {
            lastCount = count;
            lastNanos = nanos;
        }
    }

    double perSecond() {
        return lastNanos == firstNanos
                ? 0
                : (lastCount - firstCount) / ((lastNanos - firstNanos) / 1e9);
    }
}
