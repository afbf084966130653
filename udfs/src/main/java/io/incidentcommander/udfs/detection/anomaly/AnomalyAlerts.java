// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.SeriesReading;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.udfs.ingest.ServiceNames;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Alerts about anomalies of metrics, in the form of any other alert. Their fingerprint is that of
 * the series: tenant, service, metric, unit and dimensions.
 */
public final class AnomalyAlerts {
    private static final int MOST_NAME = 512;

    /** Nobody set a limit, so nobody knows that it hurts. */
    private static final Severity SEVERITY = Severity.LOW;

    private AnomalyAlerts() {}

    /** Which series this is. */
    public static Fingerprint fingerprint(MetricPoint point) {
        TreeMap<String, String> identity = new TreeMap<>(point.dimensions());
        identity.put("@name", "anomaly");
        identity.put("@service", point.service());
        identity.put("@metric", point.metric());
        identity.put("@unit", point.unit());
        return Fingerprint.of(point.tenant(), identity);
    }

    /**
     * The alert for a change.
     *
     * @param series any point of it
     * @param last the reading that made the change, as {@code judged}
     * @param atMillis event time at which that was known
     */
    public static Alert of(
            MetricPoint series,
            SeriesReading last,
            AnomalyReading judged,
            SeriesWatch.Change change,
            long atMillis) {
        boolean begins = change == SeriesWatch.Change.BEGAN;
        String metric = shortened(series.metric());
        TreeMap<String, String> labels = new TreeMap<>(series.dimensions());
        labels.put("metric", metric);
        TreeMap<String, String> annotations = new TreeMap<>();
        annotations.put("observed", Double.toString(judged.observed()));
        annotations.put("expected", Double.toString(judged.expected()));
        annotations.put("expected_low", Double.toString(judged.lower()));
        annotations.put("expected_high", Double.toString(judged.upper()));
        annotations.put("score", String.format(Locale.ROOT, "%.3f", judged.score()));
        return Alert.builder()
                .id(last.point().raised())
                .tenant(series.tenant())
                .format(AlertFormat.CANONICAL)
                .fingerprint(fingerprint(series))
                .name("anomaly of " + metric)
                .service(series.service())
                .host(ServiceNames.host(series.dimensions()))
                .severity(SEVERITY)
                .status(begins ? AlertStatus.FIRING : AlertStatus.RESOLVED)
                .eventTimeMillis(atMillis)
                .originalTimeMillis(last.timeMillis())
                .summary(words(series, metric, last, judged, begins))
                .value(judged.observed())
                .adoptLabels(labels)
                .adoptAnnotations(annotations)
                .build();
    }

    private static String words(
            MetricPoint series,
            String metric,
            SeriesReading last,
            AnomalyReading judged,
            boolean begins) {
        String unit = series.unit().isEmpty() ? "" : " " + shortened(series.unit());
        boolean isGrowth = judged.observed() != last.value();
        String of = (isGrowth ? "growth of " : "") + metric + " of " + series.service();
        String expected = number(judged.lower()) + " to " + number(judged.upper()) + unit;
        if (!begins) {
            return of + " is back at " + number(judged.observed()) + unit + ", within " + expected;
        }
        String side = judged.observed() > judged.upper() ? "above" : "below";
        return String.format(
                Locale.ROOT,
                "%s is %s%s, %s the %s expected (score %.2f, %d readings in a row)",
                of,
                number(judged.observed()),
                unit,
                side,
                expected,
                judged.score(),
                AnomalyPolicy.BEGINS_AFTER);
    }

    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    private static String shortened(String text) {
        return text.length() > MOST_NAME ? text.substring(0, MOST_NAME) : text;
    }
}
