// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.MetricTable;
import java.util.Map;

/**
 * How many rows are looked at as one. A lasting change that no single second of a long issue shows
 * stands out of the mean of a minute; and what is compared are a few dozen rows, however fine the
 * files are. Immutable.
 */
final class Grain {
    /** Rows of an issue, at most. */
    static final int MOST_ROWS = 40;

    /** The normal period is to have so many stretches as the one looked at, where it can. */
    private static final int STRETCHES = 20;

    final int rows;

    /** Rows, after merging, of the stretches of the normal period that are compared. */
    final int stretch;

    private Grain(int rows, int stretch) {
        this.rows = rows;
        this.stretch = stretch;
    }

    static Grain of(MetricTable normal, MetricTable issue) {
        int rows = Math.max(1, (issue.rows() + MOST_ROWS - 1) / MOST_ROWS);
        int most = Math.max(1, merged(normal.rows(), rows) / STRETCHES);
        return new Grain(rows, Math.max(1, Math.min(merged(issue.rows(), rows), most)));
    }

    /** Times of merged rows, and no series. */
    MetricTable times(MetricTable table) {
        double[] times = new double[merged(table.rows(), rows)];
        for (int i = 0; i < times.length; i++) {
            times[i] = table.time(i * rows);
        }
        return new MetricTable(times, Map.of());
    }

    /** Means of the values that are there, of {@link #rows} rows each; NaN where there is none. */
    double[] merge(double[] values) {
        if (rows == 1) {
            return values;
        }
        double[] means = new double[merged(values.length, rows)];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            int present = 0;
            int end = i == means.length - 1 ? values.length : (i + 1) * rows;
            for (int row = i * rows; row < end; row++) {
                if (!Double.isNaN(values[row])) {
                    sum += values[row];
                    present++;
                }
            }
            means[i] = present == 0 ? Double.NaN : sum / present;
        }
        return means;
    }

    /** What is left over at the end belongs to the last, unless it is half of one or more. */
    private static int merged(int rows, int each) {
        return rows == 0 ? 0 : Math.max(1, (rows + each / 2) / each);
    }
}
