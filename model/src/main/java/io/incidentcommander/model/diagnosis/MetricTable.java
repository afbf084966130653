// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metric series on common rows of time. A value that is missing is NaN. Owns copies of what it is
 * given; the arrays it hands out are its own and are not to be written to.
 */
public final class MetricTable {
    private final double[] times;
    private final SortedMap<MetricKey, double[]> series;

    /**
     * @param times begin of each row, Unix seconds, ascending
     * @param series one value per row each
     */
    public MetricTable(double[] times, Map<MetricKey, double[]> series) {
        this.times = times.clone();
        SortedMap<MetricKey, double[]> copies = new TreeMap<>();
        series.forEach(
                (key, values) -> {
                    if (values.length != times.length) {
                        throw new IllegalArgumentException(
                                key + " has " + values.length + " rows, not " + times.length);
                    }
                    copies.put(key, values.clone());
                });
        this.series = Collections.unmodifiableSortedMap(copies);
    }

    public int rows() {
        return times.length;
    }

    /** Begin of a row, Unix seconds. */
    public double time(int row) {
        return times[row];
    }

    public SortedMap<MetricKey, double[]> series() {
        return series;
    }

    /** The rows from (inclusive) to (exclusive) by themselves. */
    public MetricTable rows(int from, int to) {
        SortedMap<MetricKey, double[]> part = new TreeMap<>();
        series.forEach((key, values) -> part.put(key, Arrays.copyOfRange(values, from, to)));
        return new MetricTable(Arrays.copyOfRange(times, from, to), part);
    }

    /** The usual distance of rows, seconds: the median of all; 0 if there are fewer than two. */
    public double step() {
        if (times.length < 2) {
            return 0;
        }
        double[] steps = new double[times.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(steps);
        return steps[steps.length / 2];
    }
}
