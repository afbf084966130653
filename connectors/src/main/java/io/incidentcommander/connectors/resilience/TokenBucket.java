// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/**
 * A rate limit with priorities that gives way under throttling. The low priorities leave the last
 * tokens of a burst to the high ones. Thread safe; never blocks for longer than a lock.
 */
public final class TokenBucket {
    private static final long ADAPTATION_WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final RateLimit limit;
    private final NanoClock clock;
    private final Bucket bucket;
    private final AdaptiveShare share;
    private volatile double usedShare = 1;

    public TokenBucket(RateLimit limit, NanoClock clock) {
        this.limit = limit;
        this.clock = clock;
        this.share = new AdaptiveShare(ADAPTATION_WINDOW_NANOS, clock.nanos());
        this.bucket =
                Bucket.builder()
                        .addLimit(bandwidth(1))
                        .withCustomTimePrecision(new ClockMeter(clock))
                        .build();
    }

    /**
     * Takes a token if one is there for this priority.
     *
     * @return 0 if taken, else the nanoseconds after which it is worth asking again
     */
    public long take(Priority priority) {
        long reserved = (long) Math.floor(limit.burst() * priority.reserve());
        if (reserved > 0) {
            long missing = reserved + 1 - bucket.getAvailableTokens();
            if (missing > 0) {
                return missing * nanosPerToken();
            }
        }
        if (bucket.tryConsume(1)) {
            return 0;
        }
        return Math.max(1, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** The service asked for less. */
    public void throttled() {
        synchronized (share) {
            if (share.throttled(clock.nanos())) {
                apply();
            }
        }
    }

    /** The service answered. */
    public void succeeded() {
        if (usedShare >= 1) {
            return;
        }
        synchronized (share) {
            if (share.succeeded(clock.nanos())) {
                apply();
            }
        }
    }

    /** Full, at the whole rate. */
    public void reset() {
        synchronized (share) {
            share.restore(clock.nanos());
            apply();
        }
        bucket.reset();
    }

    /** Tokens left; a gauge. */
    public long available() {
        return bucket.getAvailableTokens();
    }

    /** The share of the limit in use, from 0.1 to 1; a gauge. */
    public double share() {
        return usedShare;
    }

    private void apply() {
        usedShare = share.share();
        bucket.replaceConfiguration(
                BucketConfiguration.builder().addLimit(bandwidth(usedShare)).build(),
                TokensInheritanceStrategy.AS_IS);
    }

    private long nanosPerToken() {
        return (long) (limit.nanosPerCall() / usedShare);
    }

    private Bandwidth bandwidth(double ofLimit) {
        return Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(1, Duration.ofNanos((long) (limit.nanosPerCall() / ofLimit)))
                .build();
    }

    private static final class ClockMeter implements TimeMeter {
        private final NanoClock clock;

        ClockMeter(NanoClock clock) {
            this.clock = clock;
        }

        @Override
        public long currentTimeNanos() {
            return clock.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
