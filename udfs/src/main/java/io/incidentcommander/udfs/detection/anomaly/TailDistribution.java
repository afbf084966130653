// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;

/**
 * How often a magnitude was seen, by the logarithm of its size; older ones count less and less. Not
 * thread safe. {@value #BUCKETS} cells, four to each doubling.
 *
 * <p>What is rarer than one in fifty, or than eight sightings, is reckoned by a Pareto tail through
 * the excesses over that point: its exponent is Hill's estimate, k / sum(ln(x / u)), shrunk towards
 * {@value #USUAL_EXPONENT} as if {@value #PRIOR_EXCESSES} excesses had said so. So a series that is
 * wild by nature has a heavy tail, and its next outburst surprises less.
 */
final class TailDistribution {
    private static final int BUCKETS = 88;
    private static final int PER_DOUBLING = 4;
    private static final double LEAST_LOG2 = -6;
    private static final double LN_WIDTH = Math.log(2) / PER_DOUBLING;
    private static final double TAIL_SHARE = 0.02;
    private static final double TAIL_LEAST = 8;
    private static final double USUAL_EXPONENT = 3;
    private static final double PRIOR_EXCESSES = 10;

    /** A thousand times rarer than anything seen is as surprised as one can be. */
    private static final double BEYOND_SEEN = 3;

    private static final double LARGEST_UNIT = 1e6;

    private final float[] counts = new float[BUCKETS];
    private double total;

    /** The weight of a sighting now; it grows, instead of all that is kept shrinking each time. */
    private double unit = 1;

    /** -log10 of how likely a magnitude of at least this is; 0 for one below all that is told. */
    double surprise(double magnitude) {
        double at = position(magnitude);
        if (at < 0 || total < 2 * unit) {
            return 0;
        }
        int bucket = Math.min(BUCKETS - 1, (int) at);
        double above = counts[bucket] * Math.max(0, bucket + 1 - at);
        for (int i = bucket + 1; i < BUCKETS; i++) {
            above += counts[i];
        }
        double seen = total / unit;
        double probability =
                above >= tailWeight() ? above / total : extrapolated(at, above / total + 1 / seen);
        double most = Math.log10(seen + 1) + BEYOND_SEEN;
        return Math.min(most, Math.max(0, -Math.log10(probability)));
    }

    /** The magnitude that this share of what was seen exceeds, rounded up to the next bucket. */
    double exceededBy(double share) {
        double above = 0;
        int bucket = BUCKETS;
        while (bucket > 0 && above + counts[bucket - 1] <= share * total) {
            above += counts[--bucket];
        }
        return Math.pow(2, LEAST_LOG2 + (double) bucket / PER_DOUBLING);
    }

    /**
     * @param weight 1, or less for what is no good example
     * @param halfLife in sightings
     */
    void add(double magnitude, double weight, double halfLife) {
        unit *= Math.exp(Math.log(2) / halfLife);
        if (unit > LARGEST_UNIT) {
            for (int i = 0; i < BUCKETS; i++) {
                counts[i] /= (float) unit;
            }
            total /= unit;
            unit = 1;
        }
        double at = position(magnitude);
        if (at >= 0) {
            counts[Math.min(BUCKETS - 1, (int) at)] += (float) (weight * unit);
        }
        total += weight * unit;
    }

    private double tailWeight() {
        return Math.max(TAIL_LEAST * unit, TAIL_SHARE * total);
    }

    private double extrapolated(double at, double most) {
        double excesses = 0;
        int from = BUCKETS;
        while (from > 0 && excesses < tailWeight()) {
            excesses += counts[--from];
        }
        if (excesses < tailWeight()) {
            excesses = total; // Nearly all is below the buckets, which is where the tail begins.
        }
        double logs = 0;
        for (int i = from; i < BUCKETS; i++) {
            logs += counts[i] * (i + 0.5 - from) * LN_WIDTH;
        }
        double exponent =
                (excesses / unit + PRIOR_EXCESSES)
                        / (logs / unit + PRIOR_EXCESSES / USUAL_EXPONENT);
        double excess = Math.max(0, at - from) * LN_WIDTH;
        return Math.min(most, excesses / total * Math.exp(-exponent * excess));
    }

    /** In buckets; negative below the first, where nothing is told apart. */
    private static double position(double magnitude) {
        if (!(magnitude > 0)) {
            return -1;
        }
        double at = (Math.log(magnitude) / Math.log(2) - LEAST_LOG2) * PER_DOUBLING;
        return at < 0 ? -1 : Math.min(at, BUCKETS - 1e-9);
    }

    void save(BaselineMemory.Writer to) {
        to.number(total).number(unit).table(counts);
    }

    void restore(BaselineMemory.Reader from) {
        total = from.number();
        unit = from.number();
        from.table(counts);
    }
}
