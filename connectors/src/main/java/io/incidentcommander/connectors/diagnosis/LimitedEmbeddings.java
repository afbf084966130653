// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.CallMetrics;
import io.incidentcommander.connectors.resilience.CallPolicy;
import io.incidentcommander.connectors.resilience.Deadline;
import io.incidentcommander.connectors.resilience.Delayer;
import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.connectors.resilience.Priority;
import io.incidentcommander.connectors.resilience.ProtectedCalls;
import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.connectors.resilience.RetryDelay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Embeddings at the rate that their model allows, 20 a second with a burst of 50, behind a breaker
 * and a bulkhead of their own. No retries: whoever learns tries again by itself, whoever searches
 * goes on by words. Thread safe.
 */
public final class LimitedEmbeddings {
    private static final int CONCURRENT = 64;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Function<String, CompletableFuture<float[]>> embedder;
    private final NanoClock clock;
    private final ProtectedCalls calls;

    /**
     * @param embedder without limits of its own
     * @param metrics told of the calls, and of breaker and bucket
     */
    public LimitedEmbeddings(
            Function<String, CompletableFuture<float[]>> embedder,
            NanoClock clock,
            Delayer delayer,
            CallMetrics metrics) {
        this.embedder = embedder;
        this.clock = clock;
        this.calls =
                new ProtectedCalls(
                        CallPolicy.of("embeddings", RateLimit.EMBEDDINGS, CallPolicy.MODEL_CAP)
                                .concurrent(CONCURRENT)
                                .retry(
                                        RetryDelay.of(
                                                RetryDelay.Growth.EXPONENTIAL,
                                                Duration.ofSeconds(1),
                                                CallPolicy.MODEL_CAP),
                                        1),
                        BedrockFailures.CHAIN,
                        clock,
                        delayer,
                        metrics);
    }

    public CompletableFuture<float[]> embed(String text) {
        return calls.call(
                () -> embedder.apply(text),
                Priority.CRITICAL, // Somebody waits for a search; there is none that matters less.
                Deadline.in(LONGEST, clock),
                text.hashCode());
    }

    /** Closes the breaker and fills the bucket. */
    public void reset() {
        calls.reset();
    }
}
