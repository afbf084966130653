// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/** How one service outside is called. Immutable. */
public final class CallPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No wait between attempts at a model is longer. */
    public static final Duration MODEL_CAP = Duration.ofSeconds(60);

    /** No wait between attempts at anything else is longer. */
    public static final Duration OTHER_CAP = Duration.ofSeconds(300);

    private final String dependency;
    private final RateLimit rate;
    private final BreakerPolicy breaker;
    private final RetryDelay delay;
    private final int attempts;
    private final int concurrent;
    private final Duration attemptTimeout;

    private CallPolicy(
            String dependency,
            RateLimit rate,
            BreakerPolicy breaker,
            RetryDelay delay,
            int attempts,
            int concurrent,
            Duration attemptTimeout) {
        if (attempts < 1 || concurrent < 1) {
            throw new IllegalArgumentException(
                    dependency
                            + ": at least one attempt and one call: "
                            + attempts
                            + ", "
                            + concurrent);
        }
        this.dependency = Objects.requireNonNull(dependency, "dependency");
        this.rate = rate;
        this.breaker = breaker;
        this.delay = delay;
        this.attempts = attempts;
        this.concurrent = concurrent;
        this.attemptTimeout = attemptTimeout;
    }

    /**
     * The standard breaker, 4 attempts with exponential delays from 200 ms to the cap, 10 calls
     * under way, 30 s an attempt.
     *
     * @param dependency its name in metrics and messages
     * @param cap of the delays, for instance {@link #MODEL_CAP}
     */
    public static CallPolicy of(String dependency, RateLimit rate, Duration cap) {
        return new CallPolicy(
                dependency,
                rate,
                BreakerPolicy.STANDARD,
                RetryDelay.of(RetryDelay.Growth.EXPONENTIAL, Duration.ofMillis(200), cap),
                4,
                10,
                Duration.ofSeconds(30));
    }

    public CallPolicy rate(RateLimit other) {
        return new CallPolicy(
                dependency, other, breaker, delay, attempts, concurrent, attemptTimeout);
    }

    public CallPolicy breaker(BreakerPolicy other) {
        return new CallPolicy(dependency, rate, other, delay, attempts, concurrent, attemptTimeout);
    }

    public CallPolicy retry(RetryDelay otherDelay, int atMostAttempts) {
        return new CallPolicy(
                dependency, rate, breaker, otherDelay, atMostAttempts, concurrent, attemptTimeout);
    }

    /** Calls under way at once; more are refused. */
    public CallPolicy concurrent(int calls) {
        return new CallPolicy(dependency, rate, breaker, delay, attempts, calls, attemptTimeout);
    }

    /** After which an attempt counts as failed, though its answer may still come. */
    public CallPolicy attemptTimeout(Duration timeout) {
        return new CallPolicy(dependency, rate, breaker, delay, attempts, concurrent, timeout);
    }

    public String dependency() {
        return dependency;
    }

    RateLimit rate() {
        return rate;
    }

    BreakerPolicy breaker() {
        return breaker;
    }

    RetryDelay delay() {
        return delay;
    }

    int attempts() {
        return attempts;
    }

    int concurrent() {
        return concurrent;
    }

    Duration attemptTimeout() {
        return attemptTimeout;
    }
}
