// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;

/** Variants of a JSON document, systematic rather than random. */
final class JsonMutants {
    private JsonMutants() {}

    /** One document for each node and each value, the node replaced by that raw JSON. */
    static List<String> replacingEachNode(String json, List<String> values) throws Exception {
        JsonNode root = JsonReading.parse(json);
        List<String> mutants = new ArrayList<>(values);
        collect(root, root, values, mutants);
        return mutants;
    }

    private static void collect(
            JsonNode root, JsonNode at, List<String> values, List<String> mutants) {
        if (at.isObject()) {
            List<String> names = new ArrayList<>();
            at.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode child = at.get(name);
                for (String value : values) {
                    ((ObjectNode) at).putRawValue(name, new RawValue(value));
                    mutants.add(root.toString());
                }
                ((ObjectNode) at).set(name, child);
                collect(root, child, values, mutants);
            }
        } else if (at.isArray()) {
            for (int i = 0; i < at.size(); i++) {
                JsonNode child = at.get(i);
                for (String value : values) {
                    ((ArrayNode) at).setRawValue(i, new RawValue(value));
                    mutants.add(root.toString());
                }
                ((ArrayNode) at).set(i, child);
                collect(root, child, values, mutants);
            }
        }
    }
}
