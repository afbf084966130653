// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.Locale;

/** How usual a value is for its series, by what came before it. Immutable. */
public final class AnomalyReading {
    private final double score;
    private final double observed;
    private final double expected;
    private final double lower;
    private final double upper;
    private final double deviation;

    private AnomalyReading(
            double score,
            double observed,
            double expected,
            double lower,
            double upper,
            double deviation) {
        this.score = score;
        this.observed = observed;
        this.expected = expected;
        this.lower = lower;
        this.upper = upper;
        this.deviation = deviation;
    }

    /**
     * @param deviation what one calls far from what is expected, at this time
     * @param reach so many of these the bounds are away
     */
    static AnomalyReading of(
            double score, double observed, double expected, double deviation, double reach) {
        return new AnomalyReading(
                score,
                observed,
                expected,
                expected - reach * deviation,
                expected + reach * deviation,
                deviation);
    }

    /** Of a value that is none, or says nothing. */
    static AnomalyReading nothing() {
        return of(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * 0 for what is quite usual, towards 1 for what never was; 0 as well as long as too little of
     * the series is known, and for a value that is none. From a half on it is worth looking at.
     */
    public double score() {
        return score;
    }

    /** The value that was judged; of a counter its growth. NaN if there was none. */
    public double observed() {
        return observed;
    }

    /** What was expected of it; NaN if the value was none. */
    public double expected() {
        return expected;
    }

    /** 99 in 100 values were at least as close to what was expected as this. */
    public double lower() {
        return lower;
    }

    /** As {@link #lower}, above. */
    public double upper() {
        return upper;
    }

    double deviation() {
        return deviation;
    }

    /** How far the value is from what was expected. */
    double distance() {
        return Math.abs(observed - expected);
    }

    /** The same with bounds so far away. */
    AnomalyReading within(double distance) {
        return new AnomalyReading(
                score, observed, expected, expected - distance, expected + distance, deviation);
    }

    /** Whether the value is within those two. */
    boolean isWithin() {
        return observed >= lower && observed <= upper;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.3f: %g, expected %g to %g", score, observed, lower, upper);
    }
}
