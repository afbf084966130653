// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metric series: three header rows (node, metric, statistic), then a row per period, its time
 * first. A further row without a time, as some tools write to name the index, is passed over, and
 * so is any other row without one. Rows may come in any order; of two with one time the later line
 * counts. A cell that is empty, infinite or says that there is no value is a missing value, and so
 * are those that a short row lacks. Rows are read one by one: what is held is their numbers.
 */
public final class MetricCsv {
    private static final int HEADERS = 3;
    private static final Set<String> MISSING =
            Set.of(
                    "",
                    "nan",
                    "null",
                    "none",
                    "na",
                    "n/a",
                    "-",
                    "inf",
                    "-inf",
                    "+inf",
                    "infinity",
                    "-infinity",
                    "<na>");

    private final List<String[]> header = new ArrayList<>();
    private final SortedMap<Double, double[]> byTime = new TreeMap<>();
    private int width;
    private int row;
    private boolean anyNumber;

    private MetricCsv() {}

    /**
     * @throws TableException if the header is not of three rows, if there is no row with a time or
     *     none with a number, if a row has more cells than the header, or if a cell is some other
     *     text
     */
    public static MetricTable read(String text) throws TableException {
        MetricCsv reader = new MetricCsv();
        Rows.each(text, reader::take);
        return reader.table();
    }

    private void take(String[] cells) throws TableException {
        row++;
        OptionalDouble time = Numbers.time(Rows.cell(cells, 0));
        if (header.size() < HEADERS) {
            if (time.isPresent()) {
                throw new TableException(
                        "has "
                                + header.size()
                                + " header rows before row "
                                + row
                                + ", which begins with a time: it needs three (node, metric,"
                                + " statistic)");
            }
            header.add(cells);
            width = Math.max(width, cells.length);
        } else if (time.isPresent()) {
            byTime.put(time.getAsDouble(), numbers(cells));
        }
    }

    private double[] numbers(String[] cells) throws TableException {
        double[] numbers = new double[width];
        for (int column = 1; column < Math.max(cells.length, numbers.length); column++) {
            String cell = Rows.cell(cells, column);
            double number = Numbers.of(cell);
            anyNumber |= !Double.isNaN(number);
            boolean missing = Double.isNaN(number) && MISSING.contains(lower(cell));
            if (column < numbers.length) {
                if (Double.isNaN(number) && !missing) {
                    throw new TableException(at(column) + " is no number: '" + cell + "'");
                }
                numbers[column] = number;
            } else if (!missing) {
                throw new TableException(
                        at(column) + " is beyond the header, which has " + numbers.length);
            }
        }
        return numbers;
    }

    private String at(int column) {
        return "row " + row + ", column " + (column + 1);
    }

    private MetricTable table() throws TableException {
        if (header.size() < HEADERS) {
            throw new TableException("needs three header rows (node, metric, statistic) and data");
        }
        if (byTime.isEmpty()) {
            throw new TableException("has no row that begins with a time");
        }
        Map<MetricKey, double[]> series = series();
        if (!anyNumber) {
            throw new TableException("has no number below its header");
        }
        return new MetricTable(byTime.keySet().stream().mapToDouble(t -> t).toArray(), series);
    }

    private Map<MetricKey, double[]> series() throws TableException {
        Map<MetricKey, double[]> series = new LinkedHashMap<>();
        List<double[]> rows = List.copyOf(byTime.values());
        for (int column = 1; column < width; column++) {
            String node = Rows.cell(header.get(0), column);
            String metric = Rows.cell(header.get(1), column);
            if (node.isEmpty() || metric.isEmpty()) {
                continue;
            }
            double[] values = new double[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.get(i)[column];
            }
            String statistic = Rows.cell(header.get(2), column);
            series.merge(new MetricKey(node, metric, statistic), values, MetricCsv::firstPresent);
        }
        if (series.isEmpty()) {
            throw new TableException("names no node and metric in its first two rows");
        }
        return series;
    }

    private static double[] firstPresent(double[] first, double[] second) {
        double[] both = first.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] = Double.isNaN(both[i]) ? second[i] : both[i];
        }
        return both;
    }

    private static String lower(String cell) {
        return cell.toLowerCase(Locale.ROOT);
    }
}
