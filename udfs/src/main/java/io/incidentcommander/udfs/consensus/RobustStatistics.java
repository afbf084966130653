// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import java.util.Arrays;

/**
 * Median and median absolute deviation: fewer than half of the values can move them only within the
 * others, whatever they are. Mean and standard deviation are moved by one. Pure functions.
 */
final class RobustStatistics {
    /** Makes the deviation that of a normal distribution: 1 / quantile(0.75). */
    private static final double CONSISTENCY = 1.4826;

    /** Deviations are taken to be this much at least, so that near agreement makes no outlier. */
    private static final double LEAST_DEVIATION = 0.05;

    /** Iglewicz and Hoaglin (1993). */
    private static final double OUTLIER = 3.5;

    private RobustStatistics() {}

    /** The mean of the two middle ones of an even number. Sorts a copy. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Whether a value is far from the others: modified z-score above 3.5. */
    static boolean isOutlier(double value, double[] others) {
        double median = median(others);
        double[] deviations = new double[others.length];
        for (int i = 0; i < others.length; i++) {
            deviations[i] = Math.abs(others[i] - median);
        }
        double deviation = Math.max(LEAST_DEVIATION, median(deviations));
        return Math.abs(value - median) > OUTLIER * CONSISTENCY * deviation;
    }
}
