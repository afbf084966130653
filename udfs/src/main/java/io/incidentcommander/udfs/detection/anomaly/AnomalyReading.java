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

    AnomalyReading(double score, double observed, double expected, double lower, double upper) {
        this.score = score;
        this.observed = observed;
        this.expected = expected;
        this.lower = lower;
        this.upper = upper;
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

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.3f: %g, expected %g to %g", score, observed, lower, upper);
    }
}
