// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.EchoMarks;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;
import java.util.Locale;

/**
 * PagerDuty Events API v2: trigger, acknowledge, resolve; a change event, which has no action, is
 * no alert. The routing key is a secret: it is part of the identity, since deduplication keys are
 * unique only beside it, and appears nowhere else.
 */
final class PagerDutyEventsDecoder implements AlertDecoder {
    private static final VolatileFields VOLATILE =
            VolatileFields.timedBy(
                    "payload/timestamp",
                    "client_url",
                    "payload/custom_details/" + VolatileFields.ANY);

    @Override
    public AlertFormat format() {
        return AlertFormat.PAGERDUTY_EVENTS;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return (Fields.isText(document, "event_action")
                        && (document.has("routing_key") || document.has("dedup_key")))
                || isChange(document);
    }

    private static boolean isChange(JsonNode document) {
        return Fields.isText(document, "routing_key")
                && Fields.isText(document.path("payload"), "summary")
                && !document.has("event_action");
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (isChange(document)) {
            return DecodeOutcome.notAnAlert(format(), "A change event of PagerDuty");
        }
        AlertStatus status = status(Fields.text(document, "event_action"));
        String key = Fields.text(document, "dedup_key");
        JsonNode payload = Fields.object(document, "payload");
        if (isEcho(document, key, payload)) {
            return DecodeOutcome.echo(format(), "Our own event for PagerDuty");
        }
        String summary = Fields.text(payload, "summary");
        if (key.isEmpty() && (status != AlertStatus.FIRING || summary.isEmpty())) {
            throw new UndecodableException(
                    "Neither dedup_key nor a trigger's payload/summary is set: there is nothing to"
                            + " know the alert by");
        }
        String host = Fields.text(payload, "source");
        AlertDraft draft =
                new AlertDraft(format(), record, firstIndex, profile)
                        .name(name(payload, summary, key))
                        .service(Fields.firstText(payload, "component", "group"))
                        .host(host)
                        .severity(severity(payload))
                        .status(status)
                        .time(Fields.timeOr(payload, "timestamp", Fields.arrival(record)))
                        .summary(summary)
                        .label("component", Fields.text(payload, "component"))
                        .label("group", Fields.text(payload, "group"))
                        .label("class", Fields.text(payload, "class"))
                        .annotation("dedup_key", key)
                        .annotation("client", Fields.text(document, "client"))
                        .annotation("client_url", Fields.text(document, "client_url"));
        Fields.eachText(Fields.object(payload, "custom_details"), draft::annotation);
        identify(document, key, summary, host, draft);
        return DecodeOutcome.alerts(format(), List.of(draft.build()));
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }

    /** PagerDuty opens an alert for each trigger without a key; its summary is what repeats. */
    private static void identify(
            JsonNode document, String key, String summary, String host, AlertDraft draft) {
        draft.identity("routing_key", Fields.text(document, "routing_key"));
        if (key.isEmpty()) {
            draft.identity("summary", summary).identity("source", host);
        } else {
            draft.identity("dedup_key", key);
        }
    }

    private static boolean isEcho(JsonNode document, String key, JsonNode payload) {
        return EchoMarks.isOurKey(key)
                || Fields.text(document, "client").equals(EchoMarks.CLIENT_NAME)
                || payload.path("custom_details").has(EchoMarks.FIELD);
    }

    private static String name(JsonNode payload, String summary, String key) {
        String type = Fields.text(payload, "class");
        if (!type.isEmpty()) {
            return type;
        }
        return summary.isEmpty() ? key : summary;
    }

    private static AlertStatus status(String action) throws UndecodableException {
        switch (action.toLowerCase(Locale.ROOT)) {
            case "trigger":
                return AlertStatus.FIRING;
            case "acknowledge":
                return AlertStatus.ACKNOWLEDGED;
            case "resolve":
                return AlertStatus.RESOLVED;
            default:
                throw new UndecodableException(
                        "Field event_action is not one of trigger, acknowledge, resolve");
        }
    }

    /** An acknowledgement or resolution states none; it must not be lost before its trigger. */
    private static Severity severity(JsonNode payload) {
        return Severities.ofWord(Fields.text(payload, "severity")).orElse(Severity.HIGH);
    }
}
