// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A document of which the scalars at paths of {@link VolatileFields} can be exchanged. */
final class Variation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;

    Variation(JsonNode document) {
        this.document = document;
    }

    JsonNode document() {
        return document;
    }

    /** Exchanges each string or number at the path; {@code other} writes JSON. */
    void replace(String path, Function<JsonNode, String> other) throws IOException {
        replace(document, List.of(path.split("/")), other);
    }

    private static void replace(JsonNode at, List<String> path, Function<JsonNode, String> other)
            throws IOException {
        if (at.isArray()) {
            for (JsonNode element : at) {
                if (element.isContainerNode()) {
                    replace(element, path, other);
                }
            }
        } else if (at.isObject()) {
            for (String key : keys((ObjectNode) at, path.get(0))) {
                step((ObjectNode) at, key, path.subList(1, path.size()), other);
            }
        }
    }

    private static void step(
            ObjectNode object, String key, List<String> rest, Function<JsonNode, String> other)
            throws IOException {
        JsonNode value = object.get(key);
        if (rest.isEmpty()) {
            if (value.isTextual() || value.isNumber()) {
                object.set(key, JSON.readTree(other.apply(value)));
            }
        } else if (rest.get(0).equals(VolatileFields.EMBEDDED)) {
            if (value.isTextual()) {
                JsonNode inner = JSON.readTree(value.textValue());
                replace(inner, rest.subList(1, rest.size()), other);
                object.set(key, TextNode.valueOf(inner.toString()));
            }
        } else {
            replace(value, rest, other);
        }
    }

    private static List<String> keys(ObjectNode object, String wanted) {
        List<String> keys = new ArrayList<>();
        object.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (wanted.equals(VolatileFields.ANY) || wanted.equals(key)) {
                                keys.add(key);
                            }
                        });
        return keys;
    }
}
