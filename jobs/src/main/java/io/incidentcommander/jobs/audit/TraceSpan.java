// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** One span of an incident's trace, in the making. Not thread safe. */
final class TraceSpan {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final int INTERNAL = 1;
    private static final int ERROR = 2;
    private static final String NANOS = "000000";

    private final String trace;
    private final String id;
    private final String parent;
    private final long from;
    private final long until;
    private final Map<String, JsonNode> attributes = new TreeMap<>();
    private String name;
    private boolean failed;

    /**
     * @param key of the span among those of its incident, also its name
     * @param parent id of the span above, or empty
     * @param from epoch milliseconds
     */
    TraceSpan(String incidentId, String key, String parent, long from, long until) {
        this.trace = hash(incidentId, TRACE_DIGITS);
        this.id = hash(incidentId + " " + key, SPAN_DIGITS);
        this.parent = parent;
        this.from = from;
        this.until = until;
        this.name = key;
    }

    String id() {
        return id;
    }

    TraceSpan named(String other) {
        name = other;
        return this;
    }

    TraceSpan failed() {
        failed = true;
        return this;
    }

    TraceSpan with(String key, String value) {
        attributes.put(key, NODES.textNode(value));
        return this;
    }

    TraceSpan with(String key, long value) {
        attributes.put(key, NODES.numberNode(value));
        return this;
    }

    TraceSpan with(String key, double value) {
        attributes.put(key, NODES.numberNode(value));
        return this;
    }

    ObjectNode json() {
        ObjectNode json = NODES.objectNode();
        json.put("traceId", trace);
        json.put("spanId", id);
        json.put("parentSpanId", parent);
        json.put("name", name);
        json.put("kind", INTERNAL);
        json.put("startTimeUnixNano", from + NANOS);
        json.put("endTimeUnixNano", until + NANOS);
        ArrayNode list = json.putArray("attributes");
        attributes.forEach((key, value) -> attribute(list, key, value));
        if (failed) {
            json.putObject("status").put("code", ERROR);
        }
        return json;
    }

    /** As OTLP has it: 64-bit integers are strings. */
    static void attribute(ArrayNode list, String key, JsonNode value) {
        ObjectNode typed = list.addObject().put("key", key).putObject("value");
        if (value.isTextual()) {
            typed.set("stringValue", value);
        } else if (value.isIntegralNumber()) {
            typed.put("intValue", value.asText());
        } else {
            typed.set("doubleValue", value);
        }
    }

    private static String hash(String text, int digits) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder(2 * hash.length);
            for (byte b : hash) {
                hex.append(Character.forDigit(b >> 4 & 15, 16))
                        .append(Character.forDigit(b & 15, 16));
            }
            return hex.substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
