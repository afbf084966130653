// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.udfs.diagnosis.causal.Channel.Samples;
import java.util.Arrays;

/** Makes one series of another, row by row. NaN is a missing value. */
final class Rowwise {
    private Rowwise() {}

    static double[] failed(double[] available, double whole) {
        return Arrays.stream(available).map(a -> Math.max(0, 1 - a / whole)).toArray();
    }

    static boolean whole(double[] values) {
        return Arrays.stream(values).allMatch(v -> Double.isNaN(v) || v == Math.rint(v));
    }

    static double maximum(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
    }

    static Samples plain(double[] values) {
        return new Samples(values, ones(values.length, 1));
    }

    static double[] ones(int rows, double value) {
        double[] ones = new double[rows];
        Arrays.fill(ones, value);
        return ones;
    }

    static double[] times(double factor, double[] values) {
        return factor == 1 ? values : Arrays.stream(values).map(v -> factor * v).toArray();
    }

    static double[] orElse(double[] values, double other) {
        double usual = zeroIfNan(other);
        return Arrays.stream(values).map(v -> Double.isNaN(v) ? usual : v).toArray();
    }

    static double[] zeroIfMissing(double[] values) {
        return orElse(values, 0);
    }

    static double zeroIfNan(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    static double positive(double value) {
        return value > 1e-9 ? value : 1e-9;
    }
}
