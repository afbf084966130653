// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.incidentcommander.embedded.LoopbackHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Speaks {@code _bulk} with external versions, on the loopback, and fails where a test says so. Not
 * an OpenSearch: it checks no mapping.
 */
final class OpenSearchStub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, JsonNode> documents = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Integer> statusOnce = new HashMap<>();
    private final Map<String, Integer> statusAlways = new HashMap<>();
    private IntFunction<Optional<Integer>> requestFailure = request -> Optional.empty();
    private int requests;

    OpenSearchStub() throws IOException {
        server = LoopbackHttp.bind(0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void failRequests(IntFunction<Optional<Integer>> statusByNumber) {
        requestFailure = statusByNumber;
    }

    synchronized void failOnce(String id, int status) {
        statusOnce.put(id, status);
    }

    synchronized void failAlways(String id, int status) {
        statusAlways.put(id, status);
    }

    synchronized Map<String, JsonNode> documents() {
        return new HashMap<>(documents);
    }

    synchronized int requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Optional<Integer> failure = requestFailure.apply(++requests);
        if (failure.isPresent()) {
            answer(exchange, failure.get(), error("refused", "as the test says"));
        } else {
            answer(exchange, 200, bulk(body));
        }
    }

    private ObjectNode bulk(String body) throws IOException {
        String[] lines = body.split("\n");
        ObjectNode response = JSON.createObjectNode().put("took", 1).put("errors", false);
        ArrayNode items = response.putArray("items");
        for (int i = 0; i + 1 < lines.length; i += 2) {
            JsonNode action = JSON.readTree(lines[i]).get("index");
            items.add(
                    JSON.createObjectNode()
                            .set("index", index(action, JSON.readTree(lines[i + 1]))));
        }
        return response;
    }

    private ObjectNode index(JsonNode action, JsonNode document) {
        String id = action.get("_id").asText();
        ObjectNode item = JSON.createObjectNode().put("_index", "i-000001").put("_id", id);
        int status = statusOf(id, action);
        if (status == 201) {
            documents.put(id, document);
            versions.put(id, action.get("version").asLong());
            return item.put("status", 201).put("result", "created");
        }
        item.put("status", status);
        item.set("error", error("some_exception", "document " + id + " refused"));
        return item;
    }

    private int statusOf(String id, JsonNode action) {
        if (!action.get("version_type").asText().equals("external")) {
            return 400;
        }
        Integer once = statusOnce.remove(id);
        if (once != null) {
            return once;
        }
        if (statusAlways.containsKey(id)) {
            return statusAlways.get(id);
        }
        return action.get("version").asLong() > versions.getOrDefault(id, -1L) ? 201 : 409;
    }

    private static ObjectNode error(String type, String reason) {
        return JSON.createObjectNode().put("type", type).put("reason", reason);
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode content)
            throws IOException {
        ObjectNode body =
                status == 200
                        ? content
                        : JSON.createObjectNode().put("status", status).set("error", content);
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
