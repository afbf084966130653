// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertStatus;
import java.util.Locale;

/** How monitoring bots word their messages: {@code [FIRING:2] DiskFull}, {@code Recovered: x}. */
final class SlackText {
    private static final String[] WORDS = {
        "triggered",
        "re-triggered",
        "recovered",
        "resolved",
        "alarm",
        "alert",
        "firing",
        "ok",
        "warn",
        "warning",
        "no data",
        "acknowledged",
    };

    private SlackText() {}

    /** The first line of the attachment's title, its fallback, the text, or the attachment's. */
    static String title(JsonNode event, JsonNode attachment) {
        String title = Fields.firstText(attachment, "title", "fallback");
        if (title.isEmpty()) {
            title = Fields.text(event, "text");
        }
        if (title.isEmpty()) {
            title = Fields.text(attachment, "text");
        }
        String trimmed = title.trim();
        int end = trimmed.indexOf('\n');
        return end < 0 ? trimmed : trimmed.substring(0, end).trim();
    }

    /** What is left of a title without the state before it; all of it if nothing is. */
    static String withoutState(String title) {
        String rest = DatadogText.withoutBrackets(title);
        String lower = rest.toLowerCase(Locale.ROOT);
        for (String word : WORDS) {
            if (lower.startsWith(word + ":")) {
                String named = rest.substring(word.length() + 1).trim();
                return named.isEmpty() ? rest : named;
            }
        }
        return rest;
    }

    /** By the state before the title; firing if there is none. */
    static AlertStatus status(String title) {
        String rest = withoutState(title);
        String state =
                title.substring(0, Math.max(0, title.length() - rest.length()))
                        .toLowerCase(Locale.ROOT);
        if (state.contains("recovered") || state.contains("resolved") || state.startsWith("ok")) {
            return AlertStatus.RESOLVED;
        }
        if (state.contains("no data")) {
            return AlertStatus.NO_DATA;
        }
        return state.contains("acknowledged") ? AlertStatus.ACKNOWLEDGED : AlertStatus.FIRING;
    }
}
