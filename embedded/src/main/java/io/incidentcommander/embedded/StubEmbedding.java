// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Titan's shape over hashed words: texts with the same words lie close. No model. */
final class StubEmbedding {
    private static final int DIMENSIONS = 1024;

    private StubEmbedding() {}

    static ObjectNode of(ObjectMapper json, JsonNode request) {
        int dimensions = request.path("dimensions").asInt(DIMENSIONS);
        String[] words =
                request.path("inputText").asText().toLowerCase(Locale.ROOT).split("\\W+", -1);
        double[] sums = new double[dimensions];
        for (String word : words) {
            int hash = word.hashCode() * 0x9e3779b9;
            sums[Math.floorMod(hash, dimensions)] += (hash >> 31) == 0 ? 1 : -1;
        }
        double length = 0;
        for (double sum : sums) {
            length += sum * sum;
        }
        ObjectNode reply = json.createObjectNode();
        ArrayNode embedding = reply.putArray("embedding");
        for (double sum : sums) {
            embedding.add(length == 0 ? 0 : sum / Math.sqrt(length));
        }
        reply.put("inputTextTokenCount", words.length);
        return reply;
    }
}
