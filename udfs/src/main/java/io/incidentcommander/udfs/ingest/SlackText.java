// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertStatus;
import java.util.Locale;
import java.util.regex.Pattern;

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
        "critical",
    };

    /** Emoji by name and marks of emphasis, with which many bots begin. */
    private static final Pattern DECORATION =
            Pattern.compile("^(?::[a-z0-9_+-]{1,64}:|[*_~`\\s])+");

    /** {@code *CRITICAL*: x} is {@code CRITICAL: x}. */
    private static final Pattern EMPHASIS_OF_STATE = Pattern.compile("^([\\w -]{1,20})[*_]:");

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
        if (title.isEmpty()) {
            title = ofBlocks(event.path("blocks"));
        }
        String trimmed = title.trim();
        int end = trimmed.indexOf('\n');
        return undecorated(end < 0 ? trimmed : trimmed.substring(0, end).trim());
    }

    /** Bots that write in blocks put the title into the first that has text. */
    private static String ofBlocks(JsonNode blocks) {
        for (JsonNode block : blocks) {
            String text = Fields.text(block.path("text"), "text");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** All of it if nothing else is left. */
    private static String undecorated(String title) {
        String rest = DECORATION.matcher(title).replaceFirst("");
        String plain = EMPHASIS_OF_STATE.matcher(rest).replaceFirst("$1:");
        return plain.isEmpty() ? title : plain;
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
