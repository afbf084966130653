// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.time.Duration;
import java.util.Arrays;

/** A rate of its own for each second. */
final class StepSchedule implements Schedule {
    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000_000_000L;

    /** Records before each second, and in all at the end. */
    private final long[] before;

    StepSchedule(long... perSecond) {
        before = new long[perSecond.length + 1];
        for (int s = 0; s < perSecond.length; s++) {
            if (perSecond[s] < 0) {
                throw new IllegalArgumentException("A rate must not be negative: " + perSecond[s]);
            }
            before[s + 1] = before[s] + perSecond[s];
        }
    }

    @Override
    public long offsetNanos(long n) {
        if (n < 0 || n >= before[before.length - 1]) {
            throw new IllegalArgumentException("The schedule has no record " + n);
        }
        int second = secondOf(n);
        long inSecond = before[second + 1] - before[second];
        return second * SECOND + (n - before[second]) * SECOND / inSecond;
    }

    @Override
    public long recordsWithin(Duration elapsed) {
        int second = (int) Math.min(before.length - 1, elapsed.getSeconds());
        if (second == before.length - 1) {
            return before[second];
        }
        long part = elapsed.getNano() * (before[second + 1] - before[second]);
        return before[second] + (part + SECOND - 1) / SECOND;
    }

    /** Records meant for before second {@code second}. */
    long before(int second) {
        return before[second];
    }

    /** The last second that begins with at most n records before it. */
    int secondOf(long n) {
        int found = Arrays.binarySearch(before, n);
        int second = found >= 0 ? found : -found - 2;
        while (before[second + 1] == n) {
            second++;
        }
        return second;
    }
}
