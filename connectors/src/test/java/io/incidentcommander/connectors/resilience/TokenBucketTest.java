// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final ManualTime time = new ManualTime();

    @Property(tries = 200)
    void neverLetsMoreThroughThanBurstAndRate(
            @ForAll @IntRange(min = 1, max = 50) int rate,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @IntRange(min = 1, max = 400) int stepMillis) {
        ManualTime clock = new ManualTime();
        TokenBucket bucket =
                new TokenBucket(RateLimit.of(rate, Duration.ofSeconds(1), burst), clock);
        long taken = 0;
        for (long elapsed = 0; elapsed < 10_000; elapsed += stepMillis) {
            while (bucket.take(Priority.CRITICAL) == 0) {
                taken++;
            }
            assertThat(taken).isLessThanOrEqualTo(burst + rate * elapsed / 1000 + 1);
            clock.advance(Duration.ofMillis(stepMillis));
        }

        assertThat(taken).isGreaterThanOrEqualTo(Math.min(burst, rate));
    }

    @Test
    void theLastTokensAreForThoseWhoMatterMost() {
        TokenBucket bucket = bucket(10);
        assertThat(takeAll(bucket, Priority.LOW)).isEqualTo(5);
        assertThat(takeAll(bucket, Priority.NORMAL)).isEqualTo(3);
        assertThat(takeAll(bucket, Priority.CRITICAL)).isEqualTo(2);
    }

    @Test
    void howeverManyAskAtOnceTheLastTokensStay() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                TokenBucket bucket = bucket(1_000);
                List<Future<Integer>> taken = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    taken.add(threads.submit(() -> takeAll(bucket, Priority.LOW)));
                }
                int sum = 0;
                for (Future<Integer> one : taken) {
                    sum += one.get();
                }
                assertThat(sum).isEqualTo(500);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theWaitItNamesIsEnough() {
        TokenBucket bucket = bucket(10);
        takeAll(bucket, Priority.CRITICAL);
        for (Priority priority : Priority.values()) {
            time.advance(Duration.ofNanos(bucket.take(priority)));
            assertThat(bucket.take(priority)).as(priority.name()).isZero();
        }
    }

    @Test
    void aThrottledCallerUsesLessAndComesBack() {
        TokenBucket bucket = bucket(10);
        bucket.throttled();
        bucket.throttled();
        assertThat(bucket.share()).as("one burst of complaints is one complaint").isEqualTo(0.5);
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(1));
            bucket.throttled();
        }
        assertThat(bucket.share()).as("never nothing").isEqualTo(0.1);
        takeAll(bucket, Priority.CRITICAL);
        time.advance(Duration.ofSeconds(2));
        assertThat(takeAll(bucket, Priority.CRITICAL)).as("a tenth of 5 a second").isEqualTo(1);

        for (int i = 0; i < 18; i++) {
            time.advance(Duration.ofSeconds(1));
            bucket.succeeded();
        }
        assertThat(bucket.share()).isEqualTo(1);
    }

    @Test
    void howeverManyAnswersComeInAWindowATwentiethIsAdded() {
        TokenBucket bucket = bucket(10);
        bucket.throttled();
        bucket.succeeded();
        assertThat(bucket.share()).as("in the window of the complaint").isEqualTo(0.5);
        for (double share : new double[] {0.55, 0.6}) {
            time.advance(Duration.ofSeconds(1));
            bucket.succeeded();
            bucket.succeeded();
            assertThat(bucket.share()).isCloseTo(share, within(1e-9));
        }
    }

    @Test
    void isFullAndAtItsWholeRateAfterAReset() {
        TokenBucket bucket = bucket(10);
        takeAll(bucket, Priority.CRITICAL);
        bucket.throttled();
        bucket.reset();

        assertThat(bucket.share()).isEqualTo(1);
        assertThat(bucket.available()).isEqualTo(10);
    }

    private TokenBucket bucket(int burst) {
        return new TokenBucket(RateLimit.of(5, Duration.ofSeconds(1), burst), time);
    }

    private static int takeAll(TokenBucket bucket, Priority priority) {
        int taken = 0;
        while (bucket.take(priority) == 0) {
            taken++;
        }
        return taken;
    }
}
