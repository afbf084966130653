// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The small languages within Datadog's fields: titles, tags, variables. */
final class DatadogText {
    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Z_]+(\\[[^\\]]*\\])?");

    private DatadogText() {}

    /** A variable of the template that Datadog did not know: {@code $ALERT_SCOPE}. */
    static boolean isUnexpanded(String text) {
        return text.length() > 1 && text.charAt(0) == '$' && VARIABLE.matcher(text).matches();
    }

    /** {@code [P2] [Triggered on {service:a}] Errors} is {@code Errors}. */
    static String withoutBrackets(String title) {
        int from = afterBrackets(title);
        return from == title.length() ? title : title.substring(from);
    }

    /** {@code [P2] [Triggered] Errors} is {@code [P2] [Triggered] }. */
    static String brackets(String title) {
        return title.substring(0, afterBrackets(title));
    }

    private static int afterBrackets(String title) {
        int from = 0;
        while (from < title.length() && title.charAt(from) == '[') {
            int close = title.indexOf(']', from);
            if (close < 0) {
                break;
            }
            from = close + 1;
            while (from < title.length() && title.charAt(from) == ' ') {
                from++;
            }
        }
        return from;
    }

    /** What stands in the first bracket, if the title begins with one; else empty. */
    static String firstBracket(String title) {
        int close = title.startsWith("[") ? title.indexOf(']') : -1;
        return close < 0 ? "" : title.substring(1, close);
    }

    /** Tags as Datadog joins them by commas, or as an array; sorted. */
    static TreeSet<String> tags(JsonNode node) {
        TreeSet<String> tags = new TreeSet<>();
        if (node.isArray()) {
            node.forEach(tag -> addTag(Fields.text(tag), tags));
            return tags;
        }
        String text = Fields.text(node);
        int from = 0;
        while (from < text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            addTag(text.substring(from, to), tags);
            from = to + 1;
        }
        return tags;
    }

    /** {@code key:value} tags become labels, the values of a key that comes twice joined. */
    static void label(TreeSet<String> tags, AlertDraft draft) {
        String lastKey = "";
        StringBuilder values = new StringBuilder();
        for (String tag : tags) {
            int colon = tag.indexOf(':');
            if (colon <= 0) {
                continue;
            }
            String key = tag.substring(0, colon);
            if (!key.equals(lastKey)) {
                draft.label(lastKey, values.toString());
                values.setLength(0);
                lastKey = key;
            } else {
                values.append(',');
            }
            values.append(tag, colon + 1, tag.length());
        }
        draft.label(lastKey, values.toString());
    }

    private static void addTag(String text, TreeSet<String> tags) {
        String tag = text.trim();
        if (!tag.isEmpty() && !isUnexpanded(tag)) {
            tags.add(tag);
        }
    }
}
