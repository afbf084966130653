// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.EchoMarks;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;
import java.util.Optional;

/**
 * PagerDuty's webhooks, version 3. Events that change the state of an incident are alerts; notes,
 * priorities, responders, services and pings are not.
 */
final class PagerDutyWebhookDecoder implements AlertDecoder {
    @Override
    public AlertFormat format() {
        return AlertFormat.PAGERDUTY_WEBHOOK;
    }

    @Override
    public boolean recognises(JsonNode document) {
        JsonNode event = document.path("event");
        return Fields.isText(event, "event_type") && event.has("data");
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        JsonNode event = document.path("event");
        JsonNode incident = Fields.object(event, "data");
        if (isEcho(event, incident)) {
            return DecodeOutcome.echo(format(), "An incident that we opened in PagerDuty");
        }
        Optional<AlertStatus> status = status(Fields.text(event, "event_type"), incident);
        if (status.isEmpty()) {
            return DecodeOutcome.notAnAlert(
                    format(), "A PagerDuty event that changes no incident's state");
        }
        String id = Fields.requiredText(incident, "id");
        String title = Fields.firstText(incident, "title", "summary");
        AlertDraft draft =
                new AlertDraft(format(), record, firstIndex, profile)
                        .name(title.isEmpty() ? id : title)
                        .service(summaryOf(incident, "service"))
                        .severity(severity(incident))
                        .status(status.get())
                        .time(Fields.timeOr(event, "occurred_at", Fields.arrival(record)))
                        .summary(title)
                        .label("urgency", Fields.text(incident, "urgency"))
                        .label("priority", summaryOf(incident, "priority"))
                        .annotation("event_type", Fields.text(event, "event_type"))
                        .annotation("incident_id", id)
                        .annotation("incident_key", Fields.text(incident, "incident_key"))
                        .annotation("url", Fields.text(incident, "html_url"))
                        .identity("pagerduty_incident", id);
        return DecodeOutcome.alerts(format(), List.of(draft.build()));
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }

    private static boolean isEcho(JsonNode event, JsonNode incident) {
        return EchoMarks.isOurKey(Fields.text(incident, "incident_key"))
                || Fields.text(Fields.object(event, "client"), "name")
                        .equals(EchoMarks.CLIENT_NAME);
    }

    /** Empty: no change of state. A change of hands keeps the state that the incident has. */
    private static Optional<AlertStatus> status(String eventType, JsonNode incident)
            throws UndecodableException {
        switch (eventType) {
            case "incident.triggered":
            case "incident.reopened":
            case "incident.unacknowledged":
                return Optional.of(AlertStatus.FIRING);
            case "incident.acknowledged":
                return Optional.of(AlertStatus.ACKNOWLEDGED);
            case "incident.resolved":
                return Optional.of(AlertStatus.RESOLVED);
            case "incident.escalated":
            case "incident.delegated":
            case "incident.reassigned":
                return Optional.of(ofIncident(Fields.text(incident, "status")));
            default:
                return Optional.empty();
        }
    }

    private static AlertStatus ofIncident(String status) throws UndecodableException {
        switch (status) {
            case "triggered":
                return AlertStatus.FIRING;
            case "acknowledged":
                return AlertStatus.ACKNOWLEDGED;
            case "resolved":
                return AlertStatus.RESOLVED;
            default:
                throw new UndecodableException(
                        "Field event/data/status is not one of triggered, acknowledged, resolved");
        }
    }

    /** The priority if it has one that we know, else the urgency. */
    private static Severity severity(JsonNode incident) {
        return Severities.ofWord(summaryOf(incident, "priority"))
                .orElse(
                        Fields.text(incident, "urgency").equals("low")
                                ? Severity.LOW
                                : Severity.HIGH);
    }

    private static String summaryOf(JsonNode incident, String reference) {
        return Fields.text(Fields.object(incident, reference), "summary");
    }
}
