// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metric series: three header rows (node, metric, statistic), then a row per period, its time
 * first. A further row without a time, as some tools write to name the index, is passed over, and
 * so is any other row without one. Rows may come in any order; of two with one time the later line
 * counts. A cell that is no finite number is a missing value.
 */
public final class MetricCsv {
    private static final int HEADERS = 3;

    private MetricCsv() {}

    /**
     * @throws TableException if there is no header of three rows, or no row with a time
     */
    public static MetricTable read(String text) throws TableException {
        List<String[]> rows = Rows.of(text);
        if (rows.size() <= HEADERS) {
            throw new TableException("needs three header rows (node, metric, statistic) and data");
        }
        SortedMap<Double, String[]> byTime = new TreeMap<>();
        for (String[] row : rows.subList(HEADERS, rows.size())) {
            OptionalDouble time = Numbers.time(Rows.cell(row, 0));
            if (time.isPresent()) {
                byTime.put(time.getAsDouble(), row);
            }
        }
        if (byTime.isEmpty()) {
            throw new TableException("has no row that begins with a time");
        }
        double[] times = byTime.keySet().stream().mapToDouble(t -> t).toArray();
        return new MetricTable(times, series(rows, List.copyOf(byTime.values())));
    }

    private static Map<MetricKey, double[]> series(List<String[]> header, List<String[]> rows)
            throws TableException {
        Map<MetricKey, double[]> series = new LinkedHashMap<>();
        String[] nodes = header.get(0);
        for (int column = 1; column < nodes.length; column++) {
            String node = Rows.cell(nodes, column);
            String metric = Rows.cell(header.get(1), column);
            if (node.isEmpty() || metric.isEmpty()) {
                continue;
            }
            MetricKey key = new MetricKey(node, metric, Rows.cell(header.get(2), column));
            double[] values = new double[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = Numbers.of(Rows.cell(rows.get(row), column));
            }
            series.merge(key, values, MetricCsv::firstPresent);
        }
        if (series.isEmpty()) {
            throw new TableException("names no node and metric in its first two rows");
        }
        return series;
    }

    private static double[] firstPresent(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length);
        for (int row = 0; row < both.length; row++) {
            both[row] = Double.isNaN(both[row]) ? second[row] : both[row];
        }
        return both;
    }
}
