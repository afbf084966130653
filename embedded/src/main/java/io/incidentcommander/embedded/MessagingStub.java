// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stubs of messaging services share: a server on loopback that can hang or be broken ({@code
 * PUT /stub/behaviour/WORD}), and that says what people were told ({@code GET /stub/told}).
 */
abstract class MessagingStub implements AutoCloseable {
    private static final int TOO_MANY = 429;
    private static final String TOLD = "/stub/told";
    private static final String BEHAVIOUR = "/stub/behaviour/";
    private static final byte[] NOTHING = {0x7b, 0x7d};

    protected final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile StubBehaviour behaviour = StubBehaviour.GOOD;

    MessagingStub(int port) throws IOException {
        server = LoopbackHttp.bind(port);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public final URI endpoint() {
        return URI.create("http://" + LoopbackPorts.HOST + ":" + server.getAddress().getPort());
    }

    /** GOOD, HANG or SERVER_ERROR, from the next request on. */
    public final void behave(StubBehaviour next) {
        behaviour = next;
    }

    /** Requests that were told to come later. */
    public final int throttled() {
        return throttled.get();
    }

    /** Requests that came, whatever became of them. */
    public final int asked() {
        return asked.get();
    }

    @Override
    public final void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Counts as {@code messages} and {@code updates}, and the {@code last} text a person saw. */
    abstract ObjectNode told();

    /** Answers one request; called by several threads. */
    abstract Answer answer(HttpExchange exchange, String path, JsonNode body);

    /** Status, JSON, and seconds to wait, 0 for none. */
    record Answer(int status, String body, long retryAfter) {
        static Answer of(int status, String body) {
            return new Answer(status, body, 0);
        }

        static Answer later(String body, long seconds) {
            return new Answer(TOO_MANY, body, seconds);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(BEHAVIOUR)) {
            behave(StubBehaviour.ofWord(path.substring(BEHAVIOUR.length())));
            send(exchange, Answer.of(200, "{}"));
            return;
        }
        if (path.equals(TOLD)) {
            send(exchange, Answer.of(200, told().toString()));
            return;
        }
        asked.incrementAndGet();
        switch (behaviour) {
            case HANG -> {} // Never answered; the caller gives up, or the stub ends.
            case SERVER_ERROR -> send(exchange, Answer.of(500, "{\"stub\":\"broken\"}"));
            default ->
                    send(
                            exchange,
                            answer(
                                    exchange,
                                    exchange.getRequestURI().getPath(),
                                    json.readTree(body.length == 0 ? NOTHING : body)));
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-Stub", getClass().getSimpleName());
        if (answer.retryAfter() > 0) {
            throttled.incrementAndGet();
            exchange.getResponseHeaders().set("Retry-After", Long.toString(answer.retryAfter()));
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
