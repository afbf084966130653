// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.EchoMarks;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;

/**
 * The webhook of Grafana's alerting before version 9, by dashboards: one rule a message, no time,
 * states alerting, ok, no_data, paused and pending.
 */
final class GrafanaLegacy {
    private GrafanaLegacy() {}

    static boolean recognises(JsonNode message) {
        return Fields.isText(message, "ruleName") && Fields.isText(message, "state");
    }

    static DecodeOutcome decode(
            JsonNode message, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        String state = Fields.text(message, "state");
        if (state.equals("paused") || state.equals("pending")) {
            return DecodeOutcome.notAnAlert(
                    AlertFormat.GRAFANA, "A rule that is paused, or not ill for long enough");
        }
        JsonNode tags = Fields.object(message, "tags");
        if (tags.has(EchoMarks.FIELD)) {
            return DecodeOutcome.echo(AlertFormat.GRAFANA, "An alert about our own notification");
        }
        AlertDraft draft =
                new AlertDraft(AlertFormat.GRAFANA, record, firstIndex, profile)
                        .name(Fields.requiredText(message, "ruleName"))
                        .severity(severity(tags))
                        .status(status(state))
                        .time(Fields.arrival(record))
                        .summary(Fields.firstText(message, "message", "title"))
                        .value(Fields.number(message.path("evalMatches").path(0).path("value")))
                        .annotation("rule_url", Fields.text(message, "ruleUrl"))
                        .annotation("image_url", Fields.text(message, "imageUrl"));
        Fields.eachText(tags, draft::label);
        draft.label("rule_id", Fields.text(message, "ruleId"))
                .label("org_id", Fields.text(message, "orgId"));
        return DecodeOutcome.alerts(AlertFormat.GRAFANA, List.of(draft.identityOfLabels().build()));
    }

    private static AlertStatus status(String state) throws UndecodableException {
        switch (state) {
            case "alerting":
                return AlertStatus.FIRING;
            case "ok":
                return AlertStatus.RESOLVED;
            case "no_data":
                return AlertStatus.NO_DATA;
            default:
                throw new UndecodableException(
                        "Field state is not alerting, ok, no_data, paused or pending");
        }
    }

    private static Severity severity(JsonNode tags) {
        return Severities.ofWord(Fields.firstText(tags, "severity", "priority"))
                .orElse(Severity.MEDIUM);
    }
}
