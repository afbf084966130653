// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.io.Serializable;
import java.time.Duration;

/** So many calls in a period, and so many at once after a rest. Immutable. */
public final class RateLimit implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The large model: 5 a second, burst 10. */
    public static final RateLimit LARGE_MODEL = of(5, Duration.ofSeconds(1), 10);

    /** The small model: 10 a second, burst 20. */
    public static final RateLimit SMALL_MODEL = of(10, Duration.ofSeconds(1), 20);

    /** Embeddings: 20 a second, burst 50. */
    public static final RateLimit EMBEDDINGS = of(20, Duration.ofSeconds(1), 50);

    /** PagerDuty: 120 a minute, burst 20. */
    public static final RateLimit PAGERDUTY = of(120, Duration.ofMinutes(1), 20);

    /** A Slack channel: 1 a second, burst 5. */
    public static final RateLimit SLACK = of(1, Duration.ofSeconds(1), 5);

    private final long calls;
    private final Duration period;
    private final long burst;

    private RateLimit(long calls, Duration period, long burst) {
        this.calls = calls;
        this.period = period;
        this.burst = burst;
    }

    /**
     * @throws IllegalArgumentException unless all are positive
     */
    public static RateLimit of(long calls, Duration period, long burst) {
        if (calls <= 0 || burst <= 0 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "A rate limit lets something through: " + calls + "/" + period + "+" + burst);
        }
        return new RateLimit(calls, period, burst);
    }

    public long burst() {
        return burst;
    }

    /** Nanoseconds from one call to the next when all are even. */
    long nanosPerCall() {
        return Math.max(1, period.toNanos() / calls);
    }

    @Override
    public String toString() {
        return calls + " per " + period + ", burst " + burst;
    }
}
