// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.failsafe.CircuitBreakerConfig;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds where nothing else is said. */
class StandardFiguresTest {
    private static final CallPolicy MODEL =
            CallPolicy.of("model", RateLimit.LARGE_MODEL, CallPolicy.MODEL_CAP);

    @Test
    void aBreakerOpensAfterFiveFailuresForHalfAMinuteAndClosesAfterTwoOfThreeTrials() {
        CircuitBreakerConfig<Object> breaker = MODEL.breaker().breaker().getConfig();

        assertThat(breaker.getFailureThreshold()).isEqualTo(5);
        assertThat(breaker.getFailureThresholdingCapacity()).as("in a row").isEqualTo(5);
        assertThat(breaker.getDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(breaker.getSuccessThreshold()).isEqualTo(2);
        assertThat(breaker.getSuccessThresholdingCapacity()).isEqualTo(3);
    }

    @Test
    void eachServiceHasItsRateAndItsBurst() {
        assertThat(rate(RateLimit.LARGE_MODEL)).isEqualTo("5.0/s, burst 10");
        assertThat(rate(RateLimit.SMALL_MODEL)).isEqualTo("10.0/s, burst 20");
        assertThat(rate(RateLimit.EMBEDDINGS)).isEqualTo("20.0/s, burst 50");
        assertThat(rate(RateLimit.PAGERDUTY)).isEqualTo("2.0/s, burst 20");
        assertThat(rate(RateLimit.SLACK)).isEqualTo("1.0/s, burst 5");
    }

    @Test
    void noWaitIsLongerThanItsCapAndTheLongestComeNearIt() {
        assertThat(longestWait(CallPolicy.MODEL_CAP)).isBetween(59_000L, 60_000L);
        assertThat(longestWait(CallPolicy.OTHER_CAP)).isBetween(295_000L, 300_000L);
    }

    private static String rate(RateLimit limit) {
        return 1e9 / limit.nanosPerCall() + "/s, burst " + limit.burst();
    }

    /** Of a thousand callers after their thirtieth failure. */
    private static long longestWait(Duration cap) {
        CallPolicy policy = CallPolicy.of("service", RateLimit.SLACK, cap);
        return LongStream.range(0, 1_000)
                .map(seed -> policy.delay().millisAfter(30, seed))
                .max()
                .orElseThrow();
    }
}
