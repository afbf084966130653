// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.EchoMarks;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * The alerts of a webhook message of Prometheus Alertmanager or Grafana, one by one: identity is
 * all labels but the severity, the time is {@code startsAt} when firing and {@code endsAt} when
 * resolved.
 */
final class PrometheusAlerts {
    /**
     * Annotations carry what was measured, in words; whether one of them marks our own notification
     * is told by its key.
     */
    static final VolatileFields VOLATILE = volatileBeside();

    private final AlertFormat format;
    private final AlertReader extras;

    /** Adds to the draft what only one of the two formats has. */
    interface AlertReader {
        void read(JsonNode alert, AlertDraft draft);
    }

    PrometheusAlerts(AlertFormat format, AlertReader extras) {
        this.format = format;
        this.extras = extras;
    }

    /** What varies in both formats, and what varies in one of them. */
    static VolatileFields volatileBeside(String... others) {
        List<String> paths = new ArrayList<>(List.of(others));
        paths.add("alerts/annotations/" + VolatileFields.ANY);
        paths.add("commonAnnotations/" + VolatileFields.ANY);
        return VolatileFields.timedByAny(
                List.of("alerts/startsAt", "alerts/endsAt"), paths.toArray(new String[0]));
    }

    DecodeOutcome decode(JsonNode message, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        JsonNode alerts = message.path("alerts");
        if (!alerts.isArray()) {
            throw new UndecodableException("Field alerts is not an array");
        }
        if (alerts.isEmpty()) {
            return DecodeOutcome.notAnAlert(format, "The message holds no alerts");
        }
        // Grafana tells of missing data for the whole message, or by an alert of its own.
        boolean missing = Fields.text(message, "state").equals("no_data");
        AlertStatus firing = missing ? AlertStatus.NO_DATA : AlertStatus.FIRING;
        Parts parts = new Parts();
        for (int i = 0; i < alerts.size(); i++) {
            try {
                int index = firstIndex + parts.nextIndex();
                parts.add(i, one(alerts.get(i), firing, record, index, profile));
            } catch (UndecodableException e) {
                parts.reject(i, e.getMessage());
            }
        }
        return parts.outcome();
    }

    AlertFormat format() {
        return format;
    }

    /** One alert that says itself whether it fires; {@code firing}: what it is then. */
    DecodeOutcome one(
            JsonNode alert, AlertStatus firing, RawRecord record, int index, SourceProfile profile)
            throws UndecodableException {
        AlertStatus status = status(alert, firing);
        return at(alert, status, time(alert, status, record), record, index, profile);
    }

    /** One alert in this state since {@code timeMillis}. */
    DecodeOutcome at(
            JsonNode alert,
            AlertStatus state,
            long timeMillis,
            RawRecord record,
            int index,
            SourceProfile profile)
            throws UndecodableException {
        JsonNode labels = alert.path("labels");
        if (!labels.isObject() || labels.isEmpty()) {
            throw new UndecodableException("Field labels is not an object with labels");
        }
        JsonNode annotations = Fields.object(alert, "annotations");
        if (annotations.has(EchoMarks.FIELD) || labels.has(EchoMarks.FIELD)) {
            return DecodeOutcome.echo(format, "An alert about our own notification");
        }
        AlertDraft draft =
                new AlertDraft(format, record, index, profile)
                        .name(name(labels))
                        .severity(severity(labels))
                        .status(isOfMissingData(labels, state) ? AlertStatus.NO_DATA : state)
                        .time(timeMillis)
                        .value(Fields.number(alert, "value"))
                        .summary(
                                Fields.firstText(
                                        annotations, "summary", "title", "message", "description"));
        Fields.eachText(labels, draft::label);
        Fields.eachText(annotations, draft::annotation);
        draft.annotation("generator_url", Fields.text(alert, "generatorURL"));
        extras.read(alert, draft);
        return DecodeOutcome.alerts(format, List.of(draft.identityOfLabels().build()));
    }

    private static AlertStatus status(JsonNode alert, AlertStatus firing)
            throws UndecodableException {
        switch (Fields.text(alert, "status")) {
            case "resolved":
                return AlertStatus.RESOLVED;
            case "firing":
                return firing;
            default:
                throw new UndecodableException("Field status is not firing or resolved");
        }
    }

    private static boolean isOfMissingData(JsonNode labels, AlertStatus state) {
        return state == AlertStatus.FIRING
                && Fields.text(labels, "alertname").equals(GrafanaDecoder.NO_DATA);
    }

    /** Where Grafana could not ask its rule, the rule is what the alert is about. */
    private static String name(JsonNode labels) {
        String name = Fields.text(labels, "alertname");
        boolean aboutRule =
                name.equals(GrafanaDecoder.NO_DATA) || name.equals(GrafanaDecoder.ERROR);
        String rule = aboutRule ? Fields.text(labels, "rulename") : "";
        if (!rule.isEmpty()) {
            return rule;
        }
        return name.isEmpty() ? "unnamed" : name;
    }

    private static Severity severity(JsonNode labels) {
        return Severities.ofWord(Fields.firstText(labels, "severity", "priority"))
                .orElse(Severity.MEDIUM);
    }

    private static long time(JsonNode alert, AlertStatus status, RawRecord record)
            throws UndecodableException {
        boolean ended = status == AlertStatus.RESOLVED && alert.hasNonNull("endsAt");
        if (ended && !Timestamps.isOpenEnd(Fields.time(alert.get("endsAt")))) {
            return Fields.timeOr(alert, "endsAt", Fields.arrival(record));
        }
        return Fields.timeOr(alert, "startsAt", Fields.arrival(record));
    }
}
