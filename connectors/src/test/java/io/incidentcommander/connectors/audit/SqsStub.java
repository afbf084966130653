// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.incidentcommander.embedded.LoopbackHttp;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stub of SendMessageBatch. Its first request is refused as too fast, of the second every other
 * message fails on its side, the third breaks; then it takes what it knows. Thread safe.
 */
final class SqsStub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 10;

    private final HttpServer server = LoopbackHttp.bind(0);
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final String unwanted;

    /**
     * @param unwanted a message that holds this is never taken
     */
    SqsStub(String unwanted) throws IOException {
        this.unwanted = unwanted;
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> taken() {
        return taken;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
        int request = requests.incrementAndGet();
        if (request == 1) {
            answer(exchange, 400, error("com.amazonaws.sqs#RequestThrottled"));
        } else if (request == 3) {
            answer(exchange, 500, error("InternalError"));
        } else if (!asked.path("QueueUrl").asText().endsWith("/dead")) {
            answer(exchange, 400, error("com.amazonaws.sqs#QueueDoesNotExist"));
        } else if (asked.path("Entries").size() > MOST) {
            answer(exchange, 400, error("com.amazonaws.sqs#TooManyEntriesInBatchRequest"));
        } else {
            answer(exchange, 200, take(asked.path("Entries"), request == 2));
        }
    }

    private ObjectNode take(JsonNode entries, boolean everyOtherFails) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("Successful");
        answer.putArray("Failed");
        int n = 0;
        for (JsonNode entry : entries) {
            String body = entry.path("MessageBody").asText();
            String id = entry.path("Id").asText();
            boolean refused = body.contains(unwanted);
            if (refused || (everyOtherFails && n++ % 2 == 0)) {
                answer.withArray("Failed")
                        .addObject()
                        .put("Id", id)
                        .put("SenderFault", refused)
                        .put("Code", refused ? "InvalidMessageContents" : "InternalError");
            } else {
                taken.add(body);
                answer.withArray("Successful")
                        .addObject()
                        .put("Id", id)
                        .put("MessageId", "m" + taken.size())
                        .put("MD5OfMessageBody", md5(body));
            }
        }
        return answer;
    }

    private static ObjectNode error(String type) {
        return JSON.createObjectNode().put("__type", type).put("message", "as told");
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body)
            throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The client checks it. */
    private static String md5(String text) {
        try {
            return Sha256.hex(
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
