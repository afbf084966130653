// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.incidentcommander.udfs.ingest.VolatileFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the simple scalars at volatile paths with a JSON reader: slow, and plainly right. */
final class ReferenceSpans {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String EMBEDDED = "/" + VolatileFields.EMBEDDED + "/";

    private final List<int[]> spans = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();

    private boolean wellFormed = true;

    private ReferenceSpans() {}

    static ReferenceSpans of(byte[] json, VolatileFields fields) throws IOException {
        ReferenceSpans found = new ReferenceSpans();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                found.visit(json, parser, token, fields);
            }
        }
        return found;
    }

    /** Start and end of each string (without quotes) or number at a volatile path. */
    List<int[]> spans() {
        return spans;
    }

    /** Whether every string that paths lead into holds JSON: on others spans mean nothing. */
    boolean isWellFormed() {
        return wellFormed;
    }

    boolean isTime(int span) {
        return times.contains(span);
    }

    int timeCount() {
        return times.size();
    }

    private void visit(byte[] b, JsonParser parser, JsonToken token, VolatileFields fields)
            throws IOException {
        if (!isValueOfKey(parser, token)) {
            return;
        }
        String path = path(parser.getParsingContext());
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            int to = (int) parser.currentLocation().getByteOffset() - 1;
            if (isVolatile(path, fields)) {
                if (ScalarValues.stringEnd(b, from + 1) == to) {
                    add(from + 1, to, path, fields);
                }
            } else if (leadsInto(path, fields)) {
                embedded(b, from + 1, text, path, fields);
            }
        } else if (token.isNumeric() && isVolatile(path, fields)) {
            int to = from + parser.getTextLength();
            if (ScalarValues.numberEnd(b, from) == to) {
                add(from, to, path, fields);
            }
        }
    }

    /** The strings of the inner document that mean themselves on both levels. */
    private void embedded(byte[] b, int from, String text, String path, VolatileFields fields) {
        int[] offsets = offsets(b, from, text);
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!isValueOfKey(parser, token) || token != JsonToken.VALUE_STRING) {
                    continue;
                }
                String inner = path + EMBEDDED + path(parser.getParsingContext());
                int start = (int) parser.currentTokenLocation().getCharOffset() + 1;
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset() - 1;
                int outerFrom = offsets[start];
                int outerTo = offsets[end];
                if (isVolatile(inner, fields)
                        && new String(b, outerFrom, outerTo - outerFrom, StandardCharsets.UTF_8)
                                        .indexOf('\\')
                                < 0) {
                    add(outerFrom, outerTo, inner, fields);
                }
            }
        } catch (IOException e) {
            wellFormed = false;
        }
    }

    /** Where in the bytes each character of the string's text is written. */
    private static int[] offsets(byte[] b, int from, String text) {
        int[] offsets = new int[text.length() + 1];
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            offsets[i] = at;
            if (b[at] == '\\') {
                at += b[at + 1] == 'u' ? 6 : 2;
            } else if (Character.isHighSurrogate(text.charAt(i))) {
                offsets[++i] = at;
                at += 4;
            } else {
                at += text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        offsets[text.length()] = at;
        return offsets;
    }

    private void add(int from, int to, String path, VolatileFields fields) {
        if (matches(fields.timePaths(), path)) {
            times.add(spans.size());
        }
        spans.add(new int[] {from, to});
    }

    private static boolean isValueOfKey(JsonParser parser, JsonToken token) {
        return token != JsonToken.FIELD_NAME
                && token.isScalarValue()
                && parser.getParsingContext().inObject();
    }

    private static boolean isVolatile(String path, VolatileFields fields) {
        return matches(fields.timePaths(), path) || matches(fields.paths(), path);
    }

    private static boolean leadsInto(String path, VolatileFields fields) {
        List<String> all = new ArrayList<>(fields.timePaths());
        all.addAll(fields.paths());
        return all.stream().anyMatch(p -> p.startsWith(path + EMBEDDED));
    }

    private static boolean matches(List<String> paths, String path) {
        return paths.stream()
                .anyMatch(
                        p ->
                                Pattern.compile(
                                                Pattern.quote(p).replace("*", "\\E[^/]*\\Q"),
                                                Pattern.DOTALL)
                                        .matcher(path)
                                        .matches());
    }

    private static String path(JsonStreamContext innermost) {
        LinkedList<String> keys = new LinkedList<>();
        for (JsonStreamContext c = innermost; c != null; c = c.getParent()) {
            if (c.inObject()) {
                keys.addFirst(c.getCurrentName().replace("/", "\u0000"));
            }
        }
        return String.join("/", keys);
    }
}
