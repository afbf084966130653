// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * All calls of one process to one service outside: bulkhead, circuit breaker, token bucket,
 * time-out and retry, in this order, under one deadline a call.
 *
 * <p>Guarantee: the future that {@link #call} returns is completed once, at the latest at the
 * deadline, even if the service never answers; an answer that comes later is dropped. Nothing
 * blocks. Thread safe.
 */
public final class ProtectedCalls {
    private final CallPolicy policy;
    private final List<FailureClassifier> classifiers;
    private final NanoClock clock;
    private final Delayer delayer;
    private final CallMetrics metrics;
    private final Bulkhead<Object> bulkhead;
    private final CircuitBreaker<Object> breaker;
    private final TokenBucket tokens;

    /**
     * @param classifiers asked in this order, see {@link FailureClassifier}
     * @param delayer for waits and time-outs; may run things on any thread
     */
    public ProtectedCalls(
            CallPolicy policy,
            List<FailureClassifier> classifiers,
            NanoClock clock,
            Delayer delayer,
            CallMetrics metrics) {
        this.policy = policy;
        this.classifiers = List.copyOf(classifiers);
        this.clock = clock;
        this.delayer = delayer;
        this.metrics = metrics;
        this.bulkhead = Bulkhead.builder(policy.concurrent()).build();
        this.breaker = policy.breaker().breaker();
        this.tokens = new TokenBucket(policy.rate(), clock);
        metrics.gauge("breaker_state", this::breakerState);
        metrics.gauge("tokens", tokens::available);
        metrics.gauge("rate_share", tokens::share);
    }

    /**
     * Calls the service until it answers, the failure is permanent, or there is no point in another
     * attempt.
     *
     * @param attempt starts one attempt; what it throws counts as that attempt's failure
     * @param seed spreads the waits of different callers
     * @return the answer, or a {@link CallFailedException}
     */
    public <T> CompletableFuture<T> call(
            Supplier<? extends CompletionStage<T>> attempt,
            Priority priority,
            Deadline deadline,
            long seed) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!bulkhead.tryAcquirePermit()) {
            refuse(answer, Refusal.BULKHEAD_FULL, 0, null);
            return answer;
        }
        Call<T> call = new Call<>(attempt, priority, deadline, seed, answer);
        Runnable endOfTime = delayer.after(deadline.nanosLeft(), call::expire);
        answer.whenComplete(
                (value, failure) -> {
                    endOfTime.run();
                    bulkhead.releasePermit();
                });
        call.attempt();
        return answer;
    }

    /** Closes the breaker and fills the bucket, as an operator asks for it. */
    public void reset() {
        breaker.close();
        tokens.reset();
    }

    public CallPolicy policy() {
        return policy;
    }

    /** Whether the breaker is open: a call would be refused at once. */
    public boolean isOpen() {
        return breaker.isOpen();
    }

    private double breakerState() {
        switch (breaker.getState()) {
            case OPEN:
                return 2;
            case HALF_OPEN:
                return 1;
            default:
                return 0;
        }
    }

    private void refuse(
            CompletableFuture<?> answer, Refusal refusal, int attempts, Throwable lastFailure) {
        if (answer.completeExceptionally(
                CallFailedException.refused(policy.dependency(), refusal, attempts, lastFailure))) {
            metrics.refused(refusal);
        }
    }

    /** One call with its attempts, each on whatever thread the one before ended. */
    private final class Call<T> {
        private final Supplier<? extends CompletionStage<T>> attempt;
        private final Priority priority;
        private final Deadline deadline;
        private final long seed;
        private final CompletableFuture<T> answer;
        // Attempts follow one another, but the deadline looks at them from a thread of its own.
        private volatile int attempts;
        private volatile Throwable lastFailure;

        Call(
                Supplier<? extends CompletionStage<T>> attempt,
                Priority priority,
                Deadline deadline,
                long seed,
                CompletableFuture<T> answer) {
            this.attempt = attempt;
            this.priority = priority;
            this.deadline = deadline;
            this.seed = seed;
            this.answer = answer;
        }

        void expire() {
            refuse(answer, Refusal.DEADLINE, attempts, lastFailure);
        }

        void attempt() {
            if (answer.isDone()) {
                return;
            }
            if (breaker.isOpen() && !breaker.getRemainingDelay().isZero()) {
                refuse(answer, Refusal.BREAKER_OPEN, attempts, lastFailure);
                return;
            }
            long wait = tokens.take(priority);
            if (wait > 0) {
                later(wait, Refusal.RATE_LIMITED);
            } else if (breaker.tryAcquirePermit()) {
                attempts = attempts + 1;
                start();
            } else {
                refuse(answer, Refusal.BREAKER_OPEN, attempts, lastFailure);
            }
        }

        private void start() {
            long started = clock.nanos();
            CompletableFuture<T> result = new CompletableFuture<>();
            long timeout = Math.min(policy.attemptTimeout().toNanos(), deadline.nanosLeft());
            Runnable timer =
                    delayer.after(
                            timeout,
                            () ->
                                    result.completeExceptionally(
                                            new TimeoutException(
                                                    "No answer in "
                                                            + timeout / 1_000_000
                                                            + " ms")));
            try {
                attempt.get()
                        .whenComplete(
                                (value, failure) -> {
                                    if (failure == null) {
                                        result.complete(value);
                                    } else {
                                        result.completeExceptionally(failure);
                                    }
                                });
            } catch (RuntimeException failure) {
                // A client that throws instead of returning a failed stage.
                result.completeExceptionally(failure);
            }
            result.whenComplete(
                    (value, failure) -> {
                        timer.run();
                        if (failure == null) {
                            succeeded(value, clock.nanos() - started);
                        } else {
                            failed(FailureClassifier.unwrapped(failure));
                        }
                    });
        }

        private void succeeded(T value, long nanos) {
            breaker.recordSuccess();
            tokens.succeeded();
            metrics.succeeded(nanos);
            answer.complete(value);
        }

        private void failed(Throwable failure) {
            lastFailure = failure;
            FailureKind kind = FailureClassifier.kindOf(failure, classifiers);
            metrics.failed(kind);
            record(kind);
            if (!kind.isWorthRetrying()) {
                answer.completeExceptionally(
                        CallFailedException.permanent(
                                policy.dependency(), kind, attempts, failure));
            } else if (attempts >= policy.attempts()) {
                refuse(answer, Refusal.ATTEMPTS, attempts, failure);
            } else {
                long millis = policy.delay().millisAfter(attempts, seed);
                metrics.retried(millis);
                later(millis * 1_000_000L, Refusal.DEADLINE);
            }
        }

        /** A trial that proves nothing is given back as failed, so that the trials end. */
        private void record(FailureKind kind) {
            if (kind == FailureKind.THROTTLED) {
                tokens.throttled();
            }
            if (kind.blamesService() || kind.provesNothing() && breaker.isHalfOpen()) {
                breaker.recordFailure();
            } else if (kind == FailureKind.PERMANENT) {
                breaker.recordSuccess();
            }
        }

        /** Refuses at once what could not be attempted before the deadline. */
        private void later(long nanos, Refusal otherwise) {
            if (nanos >= deadline.nanosLeft()) {
                refuse(answer, otherwise, attempts, lastFailure);
            } else {
                delayer.after(nanos, this::attempt);
            }
        }
    }
}
