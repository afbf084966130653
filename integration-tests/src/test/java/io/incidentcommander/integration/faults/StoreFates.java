// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.integration.faults.FaultyHttp.Answer;
import io.incidentcommander.integration.faults.FaultyHttp.Fate;
import io.incidentcommander.integration.faults.FaultyHttp.Real;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** What befalls requests to the stores, in the stores' own words. */
final class StoreFates {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";

    private StoreFates() {}

    /**
     * First each of these in turn, so that none is left to chance: those that let nothing through
     * come first, or a writer that batches would be done before the last. Then of each ten requests
     * exactly so many meet one of them, the seed says which.
     */
    static IntFunction<Fate> someOf(long seed, int inTen, List<Fate> faults) {
        List<Fate> turns = new ArrayList<>(faults);
        Collections.shuffle(turns, new Random(seed));
        return request -> {
            int after = request - 1 - faults.size();
            if (after < 0) {
                return faults.get(request - 1);
            }
            List<Integer> places = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
            Collections.shuffle(places, new Random(seed * 1_000_003 + after / 10));
            int place = places.indexOf(after % 10);
            return place < inTen ? turns.get((after + place) % turns.size()) : Fate.FINE;
        };
    }

    /** Every answer is late. */
    static Fate slow() {
        return (request, real) -> real.askSlowly(request, SLOW);
    }

    static List<Fate> dynamoDb() {
        return List.of(
                Fate.REFUSED,
                Fate.ANSWER_LOST,
                slow(),
                dynamoDb(400, "ProvisionedThroughputExceededException", ""),
                dynamoDb(
                        400,
                        "TransactionCanceledException",
                        ",\"CancellationReasons\":[{\"Code\":\"ThrottlingError\","
                                + "\"Message\":\"too fast\"},{\"Code\":\"None\"}]"),
                dynamoDb(500, "InternalServerError", ""),
                Fate.answers(new Answer(503, "text/plain", new byte[0])),
                StoreFates::keysUnread);
    }

    static List<Fate> openSearch() {
        return List.of(
                Fate.REFUSED,
                Fate.answers(openSearchError(429, "circuit_breaking_exception")),
                Fate.answers(openSearchError(503, "cluster_block_exception")),
                Fate.ANSWER_LOST,
                StoreFates::everySecondDocumentRefused,
                slow());
    }

    private static Fate dynamoDb(int status, String type, String more) {
        String body =
                "{\"__type\":\"" + DYNAMODB + type + "\",\"Message\":\"as told\"" + more + "}";
        return Fate.answers(new Answer(status, "application/x-amz-json-1.0", body.getBytes(UTF_8)));
    }

    /** A batch of reads comes back unread; a write is done, and its answer lost. */
    private static Answer keysUnread(byte[] request, Real real) throws IOException {
        JsonNode asked = JSON.readTree(request).get("RequestItems");
        if (asked == null) {
            return Fate.ANSWER_LOST.meet(request, real);
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("Responses");
        answer.set("UnprocessedKeys", asked);
        return new Answer(200, "application/x-amz-json-1.0", JSON.writeValueAsBytes(answer));
    }

    private static Answer openSearchError(int status, String type) {
        return Answer.json(
                status,
                "{\"error\":{\"type\":\""
                        + type
                        + "\",\"reason\":\"as told\"},\"status\":"
                        + status
                        + "}");
    }

    private static Answer everySecondDocumentRefused(byte[] request, Real real) throws IOException {
        String[] lines = new String(request, UTF_8).split("\n");
        StringBuilder taken = new StringBuilder();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i + 1 < lines.length; i += 2) {
            if (i % 4 == 0) {
                taken.append(lines[i]).append('\n').append(lines[i + 1]).append('\n');
            } else {
                refused.add(JSON.readTree(lines[i]).get("index").get("_id").asText());
            }
        }
        Answer answer = real.ask(taken.toString().getBytes(UTF_8));
        if (answer.status() != 200) {
            return answer;
        }
        ObjectNode body = (ObjectNode) JSON.readTree(answer.body());
        ArrayNode items = JSON.createArrayNode();
        for (int i = 0; i < body.get("items").size(); i++) {
            items.add(body.get("items").get(i));
            if (i < refused.size()) {
                items.add(busy(refused.get(i)));
            }
        }
        body.set("items", items);
        return Answer.json(200, body.put("errors", true).toString());
    }

    private static ObjectNode busy(String id) {
        ObjectNode item = JSON.createObjectNode().put("_index", "i").put("_id", id);
        item.put("status", 429).putObject("error").put("type", "busy").put("reason", "as told");
        return JSON.createObjectNode().set("index", item);
    }
}
