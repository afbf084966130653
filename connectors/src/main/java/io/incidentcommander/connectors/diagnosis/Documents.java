// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** JSON as the SDK holds it, and back. */
final class Documents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_DEPTH = 32;

    private Documents() {}

    static Document of(JsonNode json) {
        if (json.isObject()) {
            Map<String, Document> fields = new LinkedHashMap<>();
            json.fields().forEachRemaining(f -> fields.put(f.getKey(), of(f.getValue())));
            return Document.fromMap(fields);
        }
        if (json.isArray()) {
            List<Document> elements = new ArrayList<>();
            json.forEach(element -> elements.add(of(element)));
            return Document.fromList(elements);
        }
        if (json.isNumber()) {
            return Document.fromNumber(json.decimalValue());
        }
        if (json.isBoolean()) {
            return Document.fromBoolean(json.booleanValue());
        }
        return json.isNull() ? Document.fromNull() : Document.fromString(json.asText());
    }

    /**
     * @throws IllegalArgumentException if it is nested too deep to be an answer
     */
    static JsonNode json(Document document) {
        return json(document, 0);
    }

    private static JsonNode json(Document document, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("Nested deeper than " + MOST_DEPTH);
        }
        if (document.isMap()) {
            ObjectNode fields = JSON.objectNode();
            document.asMap().forEach((name, value) -> fields.set(name, json(value, depth + 1)));
            return fields;
        }
        if (document.isList()) {
            ArrayNode elements = JSON.arrayNode();
            document.asList().forEach(element -> elements.add(json(element, depth + 1)));
            return elements;
        }
        if (document.isNumber()) {
            return JSON.numberNode(document.asNumber().bigDecimalValue());
        }
        if (document.isBoolean()) {
            return JSON.booleanNode(document.asBoolean());
        }
        return document.isString() ? JSON.textNode(document.asString()) : JSON.nullNode();
    }
}
