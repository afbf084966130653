// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the points of one OTLP message; stands at one resource and metric at a time. */
final class OtlpPoints {
    private final RawRecord record;
    private final int firstIndex;
    private final SourceProfile profile;
    private final OtlpValues values = new OtlpValues();
    private final List<MetricPoint> points = new ArrayList<>();
    private TreeMap<String, String> resource = new TreeMap<>();
    private String name = "";
    private String unit = "";

    OtlpPoints(RawRecord record, int firstIndex, SourceProfile profile) {
        this.record = record;
        this.firstIndex = firstIndex;
        this.profile = profile;
    }

    /** What is added next is of this metric. */
    OtlpPoints of(TreeMap<String, String> ofResource, JsonNode metric) throws UndecodableException {
        resource = ofResource;
        name = Fields.shorten(Fields.requiredText(metric, "name"), AlertDraft.MAX_NAME_LENGTH);
        String stated = Fields.text(metric, "unit");
        unit = stated.equals("1") ? "" : Fields.shorten(stated, AlertDraft.MAX_NAME_LENGTH);
        return this;
    }

    /** NaN: the sender has no value, there is no point. */
    void add(String suffix, double value, JsonNode point) throws UndecodableException {
        if (!Double.isNaN(value)) {
            add(name + suffix, value, point, values.merged(resource, point));
        }
    }

    void addQuantile(String quantile, double value, JsonNode point) throws UndecodableException {
        if (!Double.isNaN(value)) {
            TreeMap<String, String> dimensions = new TreeMap<>(values.merged(resource, point));
            dimensions.put("quantile", Fields.shorten(quantile, AlertDraft.MAX_LABEL_LENGTH));
            add(name, value, point, Collections.unmodifiableMap(dimensions));
        }
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    List<MetricPoint> all() {
        return points;
    }

    private void add(String metric, double value, JsonNode point, Map<String, String> dimensions)
            throws UndecodableException {
        points.add(
                new MetricPoint(
                        AlertId.of(record, firstIndex + points.size()),
                        profile.tenant(),
                        OtlpValues.service(resource),
                        metric,
                        OtlpValues.timeOr(point, "timeUnixNano", Fields.arrival(record)),
                        value,
                        unit,
                        dimensions));
    }
}
