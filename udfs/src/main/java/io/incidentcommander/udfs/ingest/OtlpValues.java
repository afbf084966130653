// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes and values of OTLP in JSON. The attributes of a resource are repeated in each of its
 * records, so what one message may expand to is bounded.
 */
final class OtlpValues {
    /** Characters of attributes that one message may expand to. */
    static final int MAX_EXPANSION = 4 * 1024 * 1024;

    private static final String SERVICE_NAME = "service.name";

    private int expansion;

    static TreeMap<String, String> attributes(JsonNode owner) {
        TreeMap<String, String> attributes = new TreeMap<>();
        for (JsonNode attribute : owner.path("attributes")) {
            String key = Fields.text(attribute, "key");
            String value = text(attribute.path("value"));
            if (!key.isEmpty() && !value.isEmpty()) {
                attributes.put(key, value);
            }
        }
        BoundedText.bound(attributes, AlertDraft.MAX_LABELS, AlertDraft.MAX_LABEL_LENGTH);
        return attributes;
    }

    /** The resource's attributes with the record's own over them, bounded and unmodifiable. */
    Map<String, String> merged(TreeMap<String, String> resource, JsonNode owner)
            throws UndecodableException {
        TreeMap<String, String> all = new TreeMap<>(resource);
        all.putAll(attributes(owner));
        BoundedText.bound(all, AlertDraft.MAX_LABELS, AlertDraft.MAX_LABEL_LENGTH);
        for (Map.Entry<String, String> entry : all.entrySet()) {
            expansion += entry.getKey().length() + entry.getValue().length();
        }
        if (expansion > MAX_EXPANSION) {
            throw new UndecodableException(
                    "Attributes expand to more than "
                            + MAX_EXPANSION
                            + " characters: send smaller batches");
        }
        return Collections.unmodifiableMap(all);
    }

    static String service(TreeMap<String, String> resource) {
        String service = resource.getOrDefault(SERVICE_NAME, "");
        return service.isEmpty() ? ServiceNames.service(resource) : service;
    }

    /** An AnyValue as text: arrays joined by commas, maps as {@code key=value}. */
    static String text(JsonNode any) {
        if (any.path("arrayValue").isObject()) {
            return joined(any.path("arrayValue").path("values"));
        }
        if (any.path("kvlistValue").isObject()) {
            return joined(any.path("kvlistValue").path("values"));
        }
        return Fields.firstText(
                any, "stringValue", "boolValue", "intValue", "doubleValue", "bytesValue");
    }

    /** Epoch ms; zero and absence both mean "not known" in OTLP. */
    static long timeOr(JsonNode owner, String field, long absent) throws UndecodableException {
        return Fields.text(owner, field).equals("0") ? absent : Fields.timeOr(owner, field, absent);
    }

    private static String joined(JsonNode values) {
        StringBuilder text = new StringBuilder();
        for (JsonNode value : values) {
            text.append(text.length() == 0 ? "" : ",");
            if (value.has("key")) {
                text.append(Fields.text(value, "key")).append('=');
            }
            text.append(text(value.has("key") ? value.path("value") : value));
        }
        return text.toString();
    }
}
