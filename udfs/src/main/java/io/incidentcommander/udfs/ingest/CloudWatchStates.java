// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;

/**
 * The state change of an alarm as EventBridge puts it in {@code detail} and a Lambda action in
 * {@code alarmData}: single metric, metric math, anomaly detection, composite, suppressed.
 */
final class CloudWatchStates {
    private final AlertFormat format;
    private final String root;

    /** {@code root} names the object that holds the state, for reasons and paths. */
    CloudWatchStates(AlertFormat format, String root) {
        this.format = format;
        this.root = root;
    }

    /** The draft with all but identity and the labels of account and region. */
    AlertDraft read(JsonNode document, RawRecord record, int index, SourceProfile profile)
            throws UndecodableException {
        JsonNode alarm = document.path(root);
        JsonNode state = alarm.path("state");
        if (!state.isObject()) {
            throw new UndecodableException(
                    "Field " + root + "/state is not an object: the alarm has no state");
        }
        JsonNode configuration = Fields.object(alarm, "configuration");
        String name = Fields.requiredText(alarm, "alarmName");
        String description = Fields.text(configuration, "description");
        String reason = Fields.text(state, "reason");
        AlertDraft draft =
                new AlertDraft(format, record, index, profile)
                        .name(name)
                        .severity(CloudWatchAlarms.severity(name, description))
                        .status(CloudWatchAlarms.status(Fields.text(state, "value")))
                        .time(time(document, state, record))
                        .summary(reason)
                        .value(CloudWatchAlarms.value(reason))
                        .annotation("description", description)
                        .annotation("alarm_rule", Fields.text(configuration, "alarmRule"))
                        .annotation("previous_state", previous(alarm))
                        .annotation("suppressed_by", Fields.text(state, "actionsSuppressedBy"))
                        .annotation(
                                "suppressed_reason", Fields.text(state, "actionsSuppressedReason"))
                        .annotation("suppressor", Fields.text(configuration, "actionsSuppressor"));
        readMetrics(configuration.path("metrics"), draft);
        return draft;
    }

    VolatileFields volatileFields() {
        return VolatileFields.timedBy(
                root + "/state/timestamp",
                "time",
                "id",
                root + "/state/reason",
                root + "/state/reasonData",
                root + "/previousState/timestamp",
                root + "/previousState/reason",
                root + "/previousState/reasonData");
    }

    private static String previous(JsonNode alarm) {
        return Fields.text(Fields.object(alarm, "previousState"), "value");
    }

    /** The state's own time; the time of the event only where the state has none. */
    private static long time(JsonNode document, JsonNode state, RawRecord record)
            throws UndecodableException {
        return Fields.has(state, "timestamp")
                ? Fields.timeOr(state, "timestamp", Fields.arrival(record))
                : Fields.timeOr(document, "time", Fields.arrival(record));
    }

    /** What the alarm watches first: a metric or an expression that is returned. */
    private static void readMetrics(JsonNode metrics, AlertDraft draft) {
        for (JsonNode metric : metrics) {
            if (metric.path("returnData").asBoolean()) {
                readMetric(metric, draft);
            }
        }
        for (JsonNode metric : metrics) {
            readMetric(metric, draft);
        }
    }

    private static void readMetric(JsonNode metric, AlertDraft draft) {
        JsonNode of = metric.path("metricStat").path("metric");
        if (of.isObject()) {
            CloudWatchAlarms.readMetric(
                    of.path("dimensions"),
                    Fields.text(of, "namespace"),
                    Fields.text(of, "name"),
                    draft);
        } else {
            draft.labelIfAbsent("metric", Fields.firstText(metric, "label", "expression"));
        }
    }
}
