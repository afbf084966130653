// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

/**
 * Where the volatile values of a record stand, in ascending order, and which of them are times.
 * Allocates nothing after its construction. Not thread safe.
 */
final class Spans {
    static final int MAX = 512;

    private final int[] ends = new int[2 * MAX];
    private final int[] times = new int[MAX];
    private int count;
    private int timeCount;

    void clear() {
        count = 0;
        timeCount = 0;
    }

    /** Says whether there was room. */
    boolean add(int from, int to, boolean isTime) {
        if (count == MAX) {
            return false;
        }
        if (isTime) {
            times[timeCount++] = count;
        }
        ends[2 * count] = from;
        ends[2 * count + 1] = to;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    int from(int span) {
        return ends[2 * span];
    }

    /** Exclusive. */
    int to(int span) {
        return ends[2 * span + 1];
    }

    int timeCount() {
        return timeCount;
    }

    /** The span of a time, by its ordinal among the times. */
    int ofTime(int time) {
        return times[time];
    }
}
