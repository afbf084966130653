// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Datadog's webhook. Its body is a template of the user's, so any field may be missing, a string or
 * a number, or a variable that Datadog left unexpanded ({@code $ALERT_SCOPE}), which is as good as
 * missing.
 */
final class DatadogDecoder implements AlertDecoder {
    private static final VolatileFields VOLATILE =
            VolatileFields.timedBy("date", "last_updated", "id", "url", "body", "snapshot");

    /** That no other sender writes. */
    private static final String[] OWN_KEYS = {
        "alert_transition", "alert_type", "monitor_id", "alert_cycle_key", "alert_title"
    };

    @Override
    public AlertFormat format() {
        return AlertFormat.DATADOG;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return (DatadogFields.hasAny(document, OWN_KEYS) || isEvent(document))
                && !document.has("event_action")
                && !document.has("alerts");
    }

    /** Of the template that Datadog proposes, or like it. */
    private static boolean isEvent(JsonNode document) {
        return DatadogFields.has(document, "event_type")
                && (DatadogFields.has(document, "last_updated")
                        || (document.has("title") && document.has("date")));
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        String title =
                DatadogFields.first(document, "title", "event_title", "alert_title", "msg_title");
        String name = DatadogFields.first(document, "monitor_name", "alert_name");
        if (name.isEmpty()) {
            name = DatadogText.withoutBrackets(title);
        }
        if (name.isEmpty()) {
            throw new UndecodableException(
                    "Neither title nor monitor_name is set: add $EVENT_TITLE to the webhook's"
                            + " template");
        }
        AlertStatus status = status(document, title);
        AlertDraft draft =
                new AlertDraft(format(), record, firstIndex, profile)
                        .name(name)
                        .severity(severity(document, title))
                        .status(status)
                        .time(time(document, record))
                        .summary(title.isEmpty() ? name : title)
                        .value(
                                Fields.number(
                                        DatadogFields.first(
                                                document, "alert_metric_value", "value")))
                        .host(DatadogFields.first(document, "hostname", "host"));
        TreeSet<String> scopes = DatadogText.tags(document.path("scopes"));
        scopes.addAll(DatadogText.tags(DatadogFields.node(document, "alert_scope")));
        TreeSet<String> tags = DatadogText.tags(document.path("tags"));
        DatadogText.label(tags, draft);
        DatadogText.label(scopes, draft);
        annotate(document, draft);
        return DecodeOutcome.alerts(
                format(), List.of(identified(document, name, scopes, tags, draft)));
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }

    /** A monitor alerts once for each group of its scope; the monitor's id never changes. */
    private static Alert identified(
            JsonNode document,
            String name,
            TreeSet<String> scopes,
            TreeSet<String> tags,
            AlertDraft draft) {
        String monitor = DatadogFields.first(document, "monitor_id", "alert_id");
        draft.label("monitor_id", monitor);
        draft.identity("monitor", monitor.isEmpty() ? "name:" + name : "id:" + monitor);
        draft.identity("scopes", String.join(",", scopes.isEmpty() ? tags : scopes));
        draft.identity("host", DatadogFields.first(document, "hostname", "host"));
        return draft.build();
    }

    private static void annotate(JsonNode document, AlertDraft draft) {
        draft.annotation(
                        "description",
                        DatadogFields.first(document, "body", "event_msg", "text_only_msg"))
                .annotation("url", DatadogFields.first(document, "url", "link"))
                .annotation("query", DatadogFields.first(document, "alert_query"))
                .annotation("event_id", DatadogFields.first(document, "id"))
                .annotation("snapshot", DatadogFields.first(document, "snapshot"))
                .annotation(
                        "organisation",
                        DatadogFields.field(Fields.object(document, "org"), "name"));
    }

    private static long time(JsonNode document, RawRecord record) throws UndecodableException {
        for (String field : new String[] {"date", "last_updated", "timestamp"}) {
            if (!DatadogFields.field(document, field).isEmpty()) {
                return Fields.timeOr(
                        document, DatadogFields.key(document, field), Fields.arrival(record));
            }
        }
        return Fields.arrival(record);
    }

    private static AlertStatus status(JsonNode document, String title) {
        String transition =
                DatadogFields.field(document, "alert_transition").toLowerCase(Locale.ROOT);
        if (transition.isEmpty()) {
            transition = DatadogText.brackets(title).toLowerCase(Locale.ROOT);
        }
        if (transition.contains("recover") || transition.contains("resolve")) {
            return AlertStatus.RESOLVED;
        }
        if (transition.contains("no data")) {
            return AlertStatus.NO_DATA;
        }
        boolean success = DatadogFields.field(document, "alert_type").equalsIgnoreCase("success");
        return transition.isEmpty() && success ? AlertStatus.RESOLVED : AlertStatus.FIRING;
    }

    /**
     * The priority decides, as a field or as {@code [P2]} before the title, else the type. A
     * recovery without priority does not say how bad it was: HIGH, so that it is not lost before
     * the alert that it closes.
     */
    private static Severity severity(JsonNode document, String title) {
        for (String field : new String[] {"priority", "alert_priority", "severity"}) {
            Optional<Severity> stated = Severities.ofWord(DatadogFields.field(document, field));
            if (stated.isPresent()) {
                return stated.get();
            }
        }
        Optional<Severity> inTitle = Severities.ofWord(DatadogText.firstBracket(title));
        if (inTitle.isPresent()) {
            return inTitle.get();
        }
        switch (DatadogFields.field(document, "alert_type").toLowerCase(Locale.ROOT)) {
            case "warning":
                return Severity.MEDIUM;
            case "info":
                return Severity.INFO;
            default:
                return Severity.HIGH;
        }
    }
}
