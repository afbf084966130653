// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.Arrays;

/** Statistics that a few outliers do not move. NaN is a missing value; of nothing, NaN is made. */
final class Robust {
    /** Turns the median absolute deviation into the standard deviation of a normal distribution. */
    static final double MAD_TO_SIGMA = 1.4826;

    private static final double Z_95 = 1.645;

    private Robust() {}

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** By linear interpolation between order statistics (type 7 of Hyndman and Fan). */
    static double quantile(double[] values, double p) {
        return quantile(values, 0, values.length, p);
    }

    static double quantile(double[] values, int from, int to, double p) {
        double[] present = new double[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                present[n++] = values[i];
            }
        }
        if (n == 0) {
            return Double.NaN;
        }
        Arrays.sort(present, 0, n);
        double at = p * (n - 1);
        int low = (int) at;
        int high = Math.min(low + 1, n - 1);
        return present[low] + (at - low) * (present[high] - present[low]);
    }

    /** Spread around a centre as a standard deviation, by the median absolute deviation. */
    static double spread(double[] values, double centre) {
        double[] distance = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distance[i] = Math.abs(values[i] - centre);
        }
        return MAD_TO_SIGMA * median(distance);
    }

    /** As {@link #spread}, but no less than what the upper 5 % tell: for skewed values. */
    static double upperSpread(double[] values, double centre) {
        return Math.max(spread(values, centre), (quantile(values, 0.95) - centre) / Z_95);
    }

    static boolean anyPresent(double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                return true;
            }
        }
        return false;
    }

    static int present(double[] values) {
        int n = 0;
        for (double value : values) {
            n += Double.isNaN(value) ? 0 : 1;
        }
        return n;
    }

    /** Cosine of the angle between two profiles of the same length; 0 if one of them is 0. */
    static double cosine(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
