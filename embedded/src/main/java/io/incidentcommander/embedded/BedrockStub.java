// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Speaks the protocol of the Bedrock runtime: Converse with a tool, and InvokeModel of Titan's
 * embeddings. It is no model. Behaviours are set for all models or one, by {@link #behave} or by
 * {@code PUT /stub/behaviour/WORD[/MODEL]}. Thread safe.
 */
public final class BedrockStub implements AutoCloseable {
    static final long SLOW_MILLIS = 2_000;
    private static final String ALL = "";
    private static final int CHARS_PER_TOKEN = 4;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final Map<String, StubBehaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final AtomicInteger throttled = new AtomicInteger();
    private final LongSupplier nanos;
    private long nextFreeNanos;

    private BedrockStub(int port, LongSupplier nanos) throws IOException {
        this.nanos = nanos;
        server = LoopbackHttp.bind(port);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        nextFreeNanos = nanos.getAsLong();
    }

    /**
     * @param port 0 for any that is free
     */
    public static BedrockStub start(int port) throws IOException {
        return start(port, System::nanoTime);
    }

    /**
     * @param nanos the time by which requests are too many, as {@link System#nanoTime()}
     */
    public static BedrockStub start(int port, LongSupplier nanos) throws IOException {
        BedrockStub stub = new BedrockStub(port, nanos);
        stub.server.start();
        return stub;
    }

    public URI endpoint() {
        return URI.create("http://" + LoopbackPorts.HOST + ":" + server.getAddress().getPort());
    }

    /** From now on, of every model that has no behaviour of its own. */
    public BedrockStub behave(StubBehaviour behaviour) {
        behaviours.put(ALL, behaviour);
        return this;
    }

    /** From now on, of one model. */
    public BedrockStub behave(String model, StubBehaviour behaviour) {
        behaviours.put(model, behaviour);
        return this;
    }

    /** Requests that came for the model, whatever became of them. */
    public int asked(String model) {
        AtomicInteger count = asked.get(model);
        return count == null ? 0 : count.get();
    }

    /** Requests of all models together. */
    public int asked() {
        return asked.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Requests that were told to come later. */
    public int throttled() {
        return throttled.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.length >= 4 && path[1].equals("stub")) {
            behaviours.put(path.length > 4 ? path[4] : ALL, StubBehaviour.ofWord(path[3]));
            send(exchange, StubReply.ok("{}"));
        } else if (path.length == 4 && path[1].equals("model")) {
            asked.computeIfAbsent(path[2], model -> new AtomicInteger()).incrementAndGet();
            model(exchange, path[2], path[3], json.readTree(body));
        } else {
            send(exchange, StubReply.ok("{\"stub\":\"bedrock\"}"));
        }
    }

    private void model(HttpExchange exchange, String model, String operation, JsonNode request)
            throws IOException {
        StubBehaviour behaviour =
                behaviours.getOrDefault(model, behaviours.getOrDefault(ALL, StubBehaviour.GOOD));
        switch (behaviour) {
            case HANG -> {} // Never answered; the connection ends with the stub.
            case SLOW ->
                    threads.schedule(
                            () -> sendLate(exchange, answer(operation, request, behaviour)),
                            SLOW_MILLIS,
                            TimeUnit.MILLISECONDS);
            case THROTTLED ->
                    send(
                            exchange,
                            isFree() ? answer(operation, request, behaviour) : tooManyRequests());
            case REFUSING -> {
                throttled.incrementAndGet();
                send(exchange, tooManyRequests());
            }
            case SERVER_ERROR ->
                    send(exchange, StubReply.error(500, "InternalServerException", "STUB: broken"));
            case MALFORMED -> send(exchange, StubReply.ok("{\"output\": {\"message\": [[["));
            default -> send(exchange, answer(operation, request, behaviour));
        }
    }

    private static StubReply tooManyRequests() {
        return StubReply.error(429, "ThrottlingException", "STUB: too many requests");
    }

    /** One a second, none saved up. */
    private synchronized boolean isFree() {
        long now = nanos.getAsLong();
        if (now - nextFreeNanos < 0) {
            throttled.incrementAndGet();
            return false;
        }
        nextFreeNanos = now + TimeUnit.SECONDS.toNanos(1);
        return true;
    }

    private StubReply answer(String operation, JsonNode request, StubBehaviour behaviour) {
        return StubReply.ok(
                operation.equals("converse")
                        ? converse(request, behaviour).toString()
                        : StubEmbedding.of(json, request).toString());
    }

    private ObjectNode converse(JsonNode request, StubBehaviour behaviour) {
        String prompt = StubDiagnosis.promptOf(request);
        StubDiagnosis diagnosis = new StubDiagnosis(json, prompt);
        ObjectNode input =
                switch (behaviour) {
                    case HALLUCINATED -> diagnosis.hallucinated();
                    case INJECTED -> diagnosis.injected();
                    case LYING -> diagnosis.lying();
                    default -> diagnosis.good();
                };
        ObjectNode reply = json.createObjectNode();
        ObjectNode message = reply.putObject("output").putObject("message");
        message.put("role", "assistant");
        ArrayNode content = message.putArray("content");
        ObjectNode use = content.addObject().putObject("toolUse");
        use.put("toolUseId", "stub");
        use.put(
                "name",
                request.path("toolConfig")
                        .path("tools")
                        .path(0)
                        .path("toolSpec")
                        .path("name")
                        .asText());
        use.set("input", input);
        reply.put("stopReason", "tool_use");
        int in = prompt.length() / CHARS_PER_TOKEN;
        int out = input.toString().length() / CHARS_PER_TOKEN;
        ObjectNode usage = reply.putObject("usage");
        usage.put("inputTokens", in).put("outputTokens", out).put("totalTokens", in + out);
        reply.putObject("metrics").put("latencyMs", 1);
        return reply;
    }

    private static void sendLate(HttpExchange exchange, StubReply reply) {
        try {
            send(exchange, reply);
        } catch (IOException e) {
            throw new UncheckedIOException("Nobody waits for the answer any more", e);
        }
    }

    private static void send(HttpExchange exchange, StubReply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.errorType()
                .ifPresent(type -> exchange.getResponseHeaders().set("x-amzn-ErrorType", type));
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.close();
    }
}
