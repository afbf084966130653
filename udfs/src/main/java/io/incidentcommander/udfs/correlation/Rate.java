// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

/** A count of which each part fades by 1/e in a day: about how many there were in the last day. */
final class Rate {
    static final double DAY_MILLIS = 86_400_000;

    private double count;
    private long lastMillis;

    Rate(double count, long lastMillis) {
        this.count = count;
        this.lastMillis = lastMillis;
    }

    double at(long timeMillis) {
        return count * fading(timeMillis - lastMillis);
    }

    void add(long timeMillis) {
        if (timeMillis >= lastMillis) {
            count = at(timeMillis) + 1;
            lastMillis = timeMillis;
        } else {
            count += fading(lastMillis - timeMillis);
        }
    }

    double count() {
        return count;
    }

    long lastMillis() {
        return lastMillis;
    }

    static double fading(long millis) {
        return millis <= 0 ? 1 : Math.exp(-millis / DAY_MILLIS);
    }
}
