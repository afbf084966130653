// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The fields of a webhook's template: each by Datadog's name for it, or by that in camel case. */
final class DatadogFields {
    /** Templates spell Datadog's variables as they please. */
    private static final Map<String, String> CAMEL_CASE =
            camelCase(
                    "alert_transition",
                    "alert_type",
                    "alert_title",
                    "alert_name",
                    "alert_id",
                    "alert_priority",
                    "alert_scope",
                    "alert_query",
                    "alert_cycle_key",
                    "alert_metric_value",
                    "monitor_id",
                    "monitor_name",
                    "event_type",
                    "event_title",
                    "event_msg",
                    "last_updated",
                    "text_only_msg");

    private DatadogFields() {}

    /** The first of the fields that says something; else empty. */
    static String first(JsonNode document, String... fields) {
        for (String field : fields) {
            String text = field(document, field);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** As text; empty if it is absent or a variable left unexpanded. */
    static String field(JsonNode document, String field) {
        String text = Fields.text(node(document, field));
        return DatadogText.isUnexpanded(text) ? "" : text;
    }

    /** By its name, or by that in camel case; missing if neither is there. */
    static JsonNode node(JsonNode document, String field) {
        JsonNode node = document.path(field);
        String camel = node.isMissingNode() ? CAMEL_CASE.get(field) : null;
        return camel == null ? node : document.path(camel);
    }

    static boolean has(JsonNode document, String field) {
        return !node(document, field).isMissingNode();
    }

    static boolean hasAny(JsonNode document, String[] fields) {
        for (String field : fields) {
            if (has(document, field)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> camelCase(String... fields) {
        Map<String, String> names = new HashMap<>();
        for (String field : fields) {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < field.length(); i++) {
                boolean joint = field.charAt(i) == '_';
                i += joint ? 1 : 0;
                char c = field.charAt(i);
                name.append(joint ? Character.toUpperCase(c) : c);
            }
            names.put(field, name.toString());
        }
        return Map.copyOf(names);
    }

    /** Under which of its names the field is there. */
    static String key(JsonNode document, String field) {
        return document.has(field) ? field : CAMEL_CASE.getOrDefault(field, field);
    }
}
