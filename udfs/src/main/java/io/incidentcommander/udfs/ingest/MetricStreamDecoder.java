// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * One line of a CloudWatch metric stream (JSON output). A line holds the statistics of a period:
 * its point is the sum where the unit is Count, else the mean.
 */
final class MetricStreamDecoder implements AlertDecoder {
    @Override
    public AlertFormat format() {
        return AlertFormat.CLOUDWATCH_METRIC_STREAM;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return Fields.isText(document, "metric_stream_name")
                && Fields.isText(document, "metric_name");
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        TreeMap<String, String> dimensions = new TreeMap<>();
        Fields.eachText(document.path("dimensions"), dimensions::put);
        String namespace = Fields.text(document, "namespace");
        String unit = Fields.text(document, "unit");
        putText(dimensions, "namespace", namespace);
        putText(dimensions, "account", Fields.text(document, "account_id"));
        putText(dimensions, "region", Fields.text(document, "region"));
        String service = ServiceNames.cloudWatch(dimensions);
        BoundedText.bound(dimensions, AlertDraft.MAX_LABELS, AlertDraft.MAX_LABEL_LENGTH);
        MetricPoint point =
                new MetricPoint(
                        AlertId.of(record, firstIndex),
                        profile.tenant(),
                        Fields.shorten(service, AlertDraft.MAX_LABEL_LENGTH),
                        Fields.requiredText(document, "metric_name"),
                        Fields.timeOr(document, "timestamp", Fields.arrival(record)),
                        value(document.path("value"), unit),
                        Fields.shorten(unit.equals("None") ? "" : unit, 64),
                        Collections.unmodifiableMap(dimensions));
        return DecodeOutcome.metrics(format(), List.of(point));
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }

    private static double value(JsonNode statistics, String unit) throws UndecodableException {
        double sum = Fields.number(statistics, "sum");
        double count = Fields.number(statistics, "count");
        if (Double.isNaN(sum) || !(count > 0)) {
            throw new UndecodableException(
                    "Field value has no finite sum over a positive count: check the stream's"
                            + " output format");
        }
        return unit.equals("Count") ? sum : sum / count;
    }

    private static void putText(TreeMap<String, String> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }
}
