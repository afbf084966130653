// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.TreeMap;

/**
 * OTLP metrics in JSON. A gauge or sum is one point a data point; a histogram, exponential or not,
 * is {@code NAME.count}, {@code NAME.sum}, {@code NAME.min} and {@code NAME.max} as far as stated;
 * a summary {@code NAME.count}, {@code NAME.sum} and {@code NAME} by {@code quantile}.
 */
final class OtlpMetricsDecoder implements AlertDecoder {
    private static final int NO_RECORDED_VALUE = 1;
    private static final String[] SIMPLE = {"gauge", "sum"};
    private static final String[] AGGREGATED = {"histogram", "exponentialHistogram", "summary"};
    private static final String[] PARTS = {"count", "sum", "min", "max"};

    @Override
    public AlertFormat format() {
        return AlertFormat.OTLP_METRICS;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("resourceMetrics").isArray();
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        OtlpPoints points = new OtlpPoints(record, firstIndex, profile);
        for (JsonNode resourceMetrics : document.path("resourceMetrics")) {
            TreeMap<String, String> resource =
                    OtlpValues.attributes(resourceMetrics.path("resource"));
            for (JsonNode scope : resourceMetrics.path("scopeMetrics")) {
                for (JsonNode metric : scope.path("metrics")) {
                    readMetric(metric, points.of(resource, metric));
                }
            }
        }
        return points.isEmpty()
                ? DecodeOutcome.notAnAlert(format(), "The message holds no data points")
                : DecodeOutcome.metrics(format(), points.all());
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }

    private static void readMetric(JsonNode metric, OtlpPoints points) throws UndecodableException {
        for (String kind : SIMPLE) {
            for (JsonNode point : metric.path(kind).path("dataPoints")) {
                if (isRecorded(point)) {
                    points.add("", value(point), point);
                }
            }
        }
        for (String kind : AGGREGATED) {
            for (JsonNode point : metric.path(kind).path("dataPoints")) {
                if (isRecorded(point)) {
                    readAggregate(point, points);
                }
            }
        }
    }

    private static void readAggregate(JsonNode point, OtlpPoints points)
            throws UndecodableException {
        for (String part : PARTS) {
            points.add("." + part, Fields.number(point, part), point);
        }
        for (JsonNode quantile : point.path("quantileValues")) {
            points.addQuantile(
                    Fields.text(quantile, "quantile"), Fields.number(quantile, "value"), point);
        }
    }

    private static boolean isRecorded(JsonNode point) {
        double flags = Fields.number(point, "flags");
        return Double.isNaN(flags) || ((int) flags & NO_RECORDED_VALUE) == 0;
    }

    private static double value(JsonNode point) {
        return Fields.number(point, point.has("asDouble") ? "asDouble" : "asInt");
    }
}
