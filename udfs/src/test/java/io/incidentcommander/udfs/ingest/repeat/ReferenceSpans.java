// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.incidentcommander.udfs.ingest.VolatileFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** Finds the values at volatile paths with a JSON reader: slow, and plainly right. */
final class ReferenceSpans {
    private static final JsonFactory JSON = new JsonFactory();

    private final List<int[]> spans = new ArrayList<>();
    private boolean onlyScalars = true;
    private int times;
    private int timeSpan = -1;

    private ReferenceSpans() {}

    static ReferenceSpans of(byte[] json, VolatileFields fields) throws IOException {
        ReferenceSpans found = new ReferenceSpans();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                found.visit(parser, token, fields);
            }
        }
        return found;
    }

    /** Start and end of each string (without quotes) or number at a volatile path. */
    List<int[]> spans() {
        return spans;
    }

    /** Index in {@link #spans} of the time, or -1. */
    int timeSpan() {
        return timeSpan;
    }

    /** Whether nothing else stands at a volatile path, and the time once at most. */
    boolean areSimple() {
        return onlyScalars && times <= 1;
    }

    private void visit(JsonParser parser, JsonToken token, VolatileFields fields)
            throws IOException {
        boolean isEnd = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
        JsonStreamContext holder =
                token.isStructStart()
                        ? parser.getParsingContext().getParent()
                        : parser.getParsingContext();
        if (token == JsonToken.FIELD_NAME || isEnd || !holder.inObject()) {
            return;
        }
        String path = path(holder);
        boolean isTime = path.equals(fields.timePath());
        if (!isTime && !fields.paths().contains(path)) {
            return;
        }
        times += isTime ? 1 : 0;
        timeSpan = isTime ? spans.size() : timeSpan;
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.VALUE_STRING) {
            parser.finishToken();
            spans.add(new int[] {from + 1, (int) parser.currentLocation().getByteOffset() - 1});
        } else if (token.isNumeric()) {
            spans.add(new int[] {from, from + parser.getTextLength()});
        } else {
            onlyScalars = false;
        }
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
