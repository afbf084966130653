// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import dev.failsafe.CircuitBreaker;
import java.io.Serializable;
import java.time.Duration;

/** When a service is left alone, for how long, and how it proves itself again. Immutable. */
public final class BreakerPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Opens after 5 failures in a row, for 30 s; lets 3 calls try, closes after 2 successes. */
    public static final BreakerPolicy STANDARD = new BreakerPolicy(5, Duration.ofSeconds(30), 3, 2);

    private final int failures;
    private final Duration open;
    private final int trials;
    private final int successes;

    /**
     * @param failures in a row that open it
     * @param open how long nothing is let through
     * @param trials calls that are let through after that
     * @param successes of these that close it
     */
    public BreakerPolicy(int failures, Duration open, int trials, int successes) {
        this.failures = failures;
        this.open = open;
        this.trials = trials;
        this.successes = successes;
    }

    /** A new one, closed. */
    public CircuitBreaker<Object> breaker() {
        return CircuitBreaker.builder()
                .withFailureThreshold(failures)
                .withDelay(open)
                .withSuccessThreshold(successes, trials)
                .build();
    }
}
