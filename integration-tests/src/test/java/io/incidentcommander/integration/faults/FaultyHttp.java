// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.incidentcommander.embedded.LoopbackHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Stands on the loopback before a real server, and lets a request meet what a test says by its
 * number, 1 for the first.
 */
final class FaultyHttp implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade");

    private final URI real;
    private final IntFunction<Fate> fates;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    private FaultyHttp(URI real, IntFunction<Fate> fates) throws IOException {
        this.real = real;
        this.fates = fates;
        server = LoopbackHttp.bind(0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static FaultyHttp before(URI real, IntFunction<Fate> fates) throws IOException {
        return new FaultyHttp(real, fates);
    }

    /** An answer as it goes back. */
    record Answer(int status, String contentType, byte[] body) {
        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body.getBytes());
        }
    }

    /** What a request meets. */
    interface Fate {
        /** To the real server and back. */
        Fate FINE = (request, real) -> real.ask(request);

        /** Done, but nobody hears of it. */
        Fate ANSWER_LOST =
                (request, real) -> {
                    real.ask(request);
                    throw new IOException("the answer is lost");
                };

        /** The connection ends, and nothing is done. */
        Fate REFUSED =
                (request, real) -> {
                    throw new IOException("refused");
                };

        /**
         * @throws IOException the connection ends without an answer
         */
        Answer meet(byte[] request, Real real) throws IOException;

        static Fate answers(Answer answer) {
            return (request, real) -> answer;
        }

        default boolean isFault() {
            return this != FINE;
        }
    }

    /** The server behind. */
    interface Real {
        Answer ask(byte[] body) throws IOException;

        /** As {@link #ask}, and the answer takes so much longer. */
        Answer askSlowly(byte[] body, Duration more) throws IOException;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests met something else than {@link Fate#FINE}. */
    int faults() {
        return faults.get();
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        timer.shutdownNow();
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fate fate = fates.apply(requests.incrementAndGet());
        if (fate.isFault()) {
            faults.incrementAndGet();
        }
        try {
            Answer answer = fate.meet(body, new Forwarding(exchange));
            exchange.getResponseHeaders().add("Content-Type", answer.contentType);
            exchange.sendResponseHeaders(
                    answer.status, answer.body.length == 0 ? -1 : answer.body.length);
            exchange.getResponseBody().write(answer.body);
        } finally {
            exchange.close(); // before an answer was begun: the connection just ends
        }
    }

    private final class Forwarding implements Real {
        private final HttpExchange exchange;

        Forwarding(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public Answer ask(byte[] body) throws IOException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(real.resolve(exchange.getRequestURI()))
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders()
                    .forEach(
                            (name, values) -> {
                                if (!OF_THE_CONNECTION.contains(name.toLowerCase())) {
                                    values.forEach(value -> request.header(name, value));
                                }
                            });
            try {
                HttpResponse<byte[]> response =
                        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("content-type").orElse("text/plain"),
                        response.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("closed", e);
            }
        }

        @Override
        public Answer askSlowly(byte[] body, Duration more) throws IOException {
            Answer answer = ask(body);
            try {
                return timer.schedule(() -> answer, more.toMillis(), TimeUnit.MILLISECONDS).get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("closed", e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
