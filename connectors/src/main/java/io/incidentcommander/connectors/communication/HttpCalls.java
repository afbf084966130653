// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** JSON over HTTP, five seconds a call, no retries of its own. Thread safe. */
final class HttpCalls {
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int REQUEST_TIMEOUT = 408;
    private static final long DEFAULT_WAIT_MILLIS = 5_000;
    private static final long MOST_WAIT_MILLIS = 300_000;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /**
     * @param answered what an answer that is neither a failure nor a request to wait means
     */
    CompletableFuture<SendOutcome> post(
            URI address,
            Map<String, String> headers,
            byte[] body,
            Function<HttpResponse<String>, CompletableFuture<SendOutcome>> answered) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return outcome(request.build(), answered);
    }

    CompletableFuture<SendOutcome> get(
            URI address,
            Map<String, String> headers,
            Function<HttpResponse<String>, CompletableFuture<SendOutcome>> answered) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIMEOUT).GET();
        headers.forEach(request::header);
        return outcome(request.build(), answered);
    }

    private CompletableFuture<SendOutcome> outcome(
            HttpRequest request,
            Function<HttpResponse<String>, CompletableFuture<SendOutcome>> answered) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenCompose(
                        answer -> {
                            int status = answer.statusCode();
                            if (status == TOO_MANY) {
                                return done(SendOutcome.throttled(retryAfterMillis(answer)));
                            }
                            if (status >= SERVER_ERRORS || status == REQUEST_TIMEOUT) {
                                return done(SendOutcome.failed("status " + status));
                            }
                            return answered.apply(answer);
                        })
                .exceptionally(failure -> SendOutcome.failed(String.valueOf(failure)));
    }

    static CompletableFuture<SendOutcome> done(SendOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /** Whole seconds, as all of these services say it. */
    private static long retryAfterMillis(HttpResponse<String> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}")
                ? Math.min(MOST_WAIT_MILLIS, Long.parseLong(seconds) * 1_000)
                : DEFAULT_WAIT_MILLIS;
    }
}
