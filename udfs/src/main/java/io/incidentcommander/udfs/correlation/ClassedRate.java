// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

/**
 * How many alerts of a group came in about the last day, by how common their kinds were: class 0
 * for kinds that came less than once in a day, class c for 2^(c-1) times and more.
 */
final class ClassedRate {
    static final int CLASSES = 12;

    private final double[] counts;
    private long lastMillis;

    ClassedRate(double[] counts, long lastMillis) {
        this.counts = counts;
        this.lastMillis = lastMillis;
    }

    ClassedRate(long timeMillis) {
        this(new double[CLASSES], timeMillis);
    }

    static int classOf(double kindCount) {
        return kindCount < 1 ? 0 : Math.min(CLASSES - 1, 1 + Math.getExponent(kindCount));
    }

    /** How many came whose kinds were no commoner. */
    double upTo(int commonness, long timeMillis) {
        double sum = 0;
        for (int i = 0; i <= commonness; i++) {
            sum += counts[i];
        }
        return sum * Rate.fading(timeMillis - lastMillis);
    }

    void add(int commonness, long timeMillis) {
        fadeTo(timeMillis);
        counts[commonness]++;
    }

    void fadeTo(long timeMillis) {
        double fading = Rate.fading(timeMillis - lastMillis);
        if (fading < 1) {
            for (int i = 0; i < CLASSES; i++) {
                counts[i] *= fading;
            }
        }
        lastMillis = Math.max(lastMillis, timeMillis);
    }

    double[] counts() {
        return counts.clone();
    }

    long lastMillis() {
        return lastMillis;
    }
}
