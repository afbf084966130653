// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.udfs.ingest.Timestamps;
import java.util.Arrays;

/**
 * The values at the time paths of a record, in the order in which they stand there (epoch
 * milliseconds). Allocates nothing but the copies it hands out. Not thread safe.
 */
final class DeliveryTimes {
    private final long[] millis = new long[Spans.MAX];
    private int count;
    private boolean allValid;
    private int firstTime;
    private int times; // those that are no open ends
    private long shape;

    void read(byte[] b, Spans spans) {
        count = spans.timeCount();
        allValid = true;
        times = 0;
        shape = count;
        for (int i = 0; i < count; i++) {
            int span = spans.ofTime(i);
            long time = Timestamps.parse(b, spans.from(span), spans.to(span));
            millis[i] = time;
            allValid &= time != Timestamps.INVALID;
            boolean open = Timestamps.isOpenEnd(time);
            shape = 31 * shape + (open ? 1 : 2);
            if (!open && times++ == 0) {
                firstTime = i;
            }
        }
    }

    /** Whether each value is a time or an open end, and at least one is a time. */
    boolean areTimes() {
        return allValid && times > 0;
    }

    /** The ordinal of the only value that is a time; -1 if there are several. */
    int onlyTime() {
        return times == 1 ? firstTime : -1;
    }

    /** A number that differs, but for collisions, where times and open ends stand otherwise. */
    long shape() {
        return shape;
    }

    long millis(int time) {
        return millis[time];
    }

    /** Whether one of the values is this time. */
    boolean has(long time) {
        for (int i = 0; i < count; i++) {
            if (millis[i] == time && !Timestamps.isOpenEnd(time)) {
                return true;
            }
        }
        return false;
    }

    long[] copy() {
        return Arrays.copyOf(millis, count);
    }

    /** Whether the others are as many, and open ends where these are. */
    boolean alike(long[] others) {
        if (others.length != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (Timestamps.isOpenEnd(others[i]) != Timestamps.isOpenEnd(millis[i])) {
                return false;
            }
        }
        return true;
    }
}
