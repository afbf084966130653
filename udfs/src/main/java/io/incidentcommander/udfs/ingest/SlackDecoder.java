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
import java.util.Set;

/**
 * Slack's Events API: the messages that monitoring bots post to a channel. What people write, what
 * is edited or deleted, and the handshake of the subscription are no alerts; what we posted comes
 * back as an echo.
 */
final class SlackDecoder implements AlertDecoder {
    private final Set<String> ownBots;

    /** {@code ownBots}: ids of bots or apps that are us. */
    SlackDecoder(Set<String> ownBots) {
        this.ownBots = Set.copyOf(ownBots);
    }

    @Override
    public AlertFormat format() {
        return AlertFormat.SLACK;
    }

    @Override
    public boolean recognises(JsonNode document) {
        switch (Fields.text(document, "type")) {
            case "event_callback":
                return document.path("event").isObject();
            case "url_verification":
                return document.has("challenge");
            case "app_rate_limited":
                return document.has("team_id");
            default:
                return false;
        }
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        JsonNode event = Fields.object(document, "event");
        if (event.isMissingNode()) {
            return DecodeOutcome.notAnAlert(
                    format(), "Slack verifies the subscription or tells of its rate limit");
        }
        if (isOurs(event)) {
            return DecodeOutcome.echo(format(), "A Slack message of our own");
        }
        String subtype = Fields.text(event, "subtype");
        if (!Fields.text(event, "type").equals("message")
                || Fields.text(event, "bot_id").isEmpty()
                || !(subtype.isEmpty() || subtype.equals("bot_message"))) {
            return DecodeOutcome.notAnAlert(format(), "A Slack event that is no bot's new message");
        }
        return DecodeOutcome.alerts(
                format(), List.of(alert(event, record, firstIndex, profile).build()));
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }

    private static AlertDraft alert(
            JsonNode event, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        JsonNode attachment = event.path("attachments").path(0);
        String title = SlackText.title(event, attachment);
        if (title.isEmpty()) {
            throw new UndecodableException(
                    "The bot's message has no text and no attachment with title, fallback or"
                            + " text");
        }
        String color = Fields.text(attachment, "color").toLowerCase(Locale.ROOT);
        String name = SlackText.withoutState(title);
        String channel = Fields.text(event, "channel");
        String bot = Fields.text(event, "bot_id");
        AlertDraft draft =
                new AlertDraft(AlertFormat.SLACK, record, firstIndex, profile)
                        .name(name)
                        .severity(severity(title, color))
                        .status(status(title, color))
                        .time(Fields.timeOr(event, "ts", Fields.arrival(record)))
                        .summary(title)
                        .label("channel", channel)
                        .label("bot", Fields.firstText(event, "username", "bot_id"))
                        .annotation("text", Fields.text(event, "text"))
                        .annotation("url", Fields.text(attachment, "title_link"));
        return draft.identity("channel", channel).identity("bot", bot).identity("name", name);
    }

    private boolean isOurs(JsonNode event) {
        JsonNode metadata = event.path("metadata");
        return Fields.text(metadata, "event_type").equals(EchoMarks.SLACK_EVENT_TYPE)
                || metadata.path("event_payload").has(EchoMarks.FIELD)
                || ownBots.contains(Fields.text(event, "bot_id"))
                || ownBots.contains(Fields.text(event, "app_id"));
    }

    private static AlertStatus status(String title, String color) {
        AlertStatus stated = SlackText.status(title);
        boolean green = color.equals("good") || color.equals("#36a64f") || color.equals("#2eb886");
        return green && stated == AlertStatus.FIRING ? AlertStatus.RESOLVED : stated;
    }

    private static Severity severity(String title, String color) {
        String lower = title.toLowerCase(Locale.ROOT);
        if (lower.contains("critical")) {
            return Severity.CRITICAL;
        }
        return lower.contains("warn") || color.equals("warning") ? Severity.MEDIUM : Severity.HIGH;
    }
}
