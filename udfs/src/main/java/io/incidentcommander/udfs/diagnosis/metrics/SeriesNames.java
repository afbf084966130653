// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.List;

/**
 * The name of a series of a service: the metric and, where it is one of several, the quantile or
 * the part of a histogram. Hosts, regions and whatever else a point is measured by are left out:
 * its service is what a diagnosis is about.
 */
public final class SeriesNames {
    /** Chars of a name, at most; more are cut off. */
    static final int MOST_NAME = 120;

    /** Of a histogram. */
    private static final List<String> PARTS = List.of(".count", ".sum", ".min", ".max");

    private static final char BETWEEN = ' ';
    private static final String QUANTILE = "quantile";

    private SeriesNames() {}

    public static String of(MetricPoint point) {
        String metric = point.metric().replace(BETWEEN, '_');
        String name = metric.length() > MOST_NAME ? metric.substring(0, MOST_NAME) : metric;
        for (String part : PARTS) {
            if (name.endsWith(part)) {
                return name.substring(0, name.length() - part.length())
                        + BETWEEN
                        + part.substring(1);
            }
        }
        String quantile = point.dimensions().get(QUANTILE);
        return quantile == null ? name : name + BETWEEN + "p" + percent(quantile);
    }

    static MetricKey key(String service, String series) {
        int at = series.indexOf(BETWEEN);
        return at < 0
                ? new MetricKey(service, series, "")
                : new MetricKey(service, series.substring(0, at), series.substring(at + 1));
    }

    /** 0.95 is 95; what is no share is left as it is. */
    private static String percent(String quantile) {
        try {
            double share = Double.parseDouble(quantile);
            double percent = share <= 1 ? Math.rint(share * 1000) / 10 : share;
            return percent == Math.rint(percent)
                    ? Long.toString((long) percent)
                    : Double.toString(percent);
        } catch (NumberFormatException e) {
            return quantile.length() > 10 ? quantile.substring(0, 10) : quantile;
        }
    }
}
