// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;

/**
 * A rate limit with priorities that gives way under throttling. The low priorities leave the last
 * tokens of a burst to the high ones: looking and taking are one step. Thread safe; never blocks
 * for longer than a lock.
 */
public final class TokenBucket {
    private static final long ADAPTATION_WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final RateLimit limit;
    private final NanoClock clock;
    private final Bucket bucket;
    private final AdaptiveShare share;

    /** Of the step that is under way: the clock is read once in each, it costs most of it. */
    private long now;

    private volatile double usedShare = 1;

    public TokenBucket(RateLimit limit, NanoClock clock) {
        this.limit = limit;
        this.clock = clock;
        this.now = clock.nanos();
        this.share = new AdaptiveShare(ADAPTATION_WINDOW_NANOS, now);
        this.bucket =
                Bucket.builder()
                        .addLimit(bandwidth(1))
                        .withCustomTimePrecision(new Now())
                        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                        .build();
    }

    /**
     * Takes a token if one is there for this priority.
     *
     * @return 0 if taken, else the nanoseconds after which it is worth asking again
     */
    public synchronized long take(Priority priority) {
        now = clock.nanos();
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
    public synchronized void throttled() {
        now = clock.nanos();
        if (share.throttled(now)) {
            apply();
        }
    }

    /** The service answered. */
    public void succeeded() {
        if (usedShare < 1) {
            rise();
        }
    }

    private synchronized void rise() {
        now = clock.nanos();
        if (share.succeeded(now)) {
            apply();
        }
    }

    /** Full, at the whole rate. */
    public synchronized void reset() {
        now = clock.nanos();
        share.restore(now);
        apply();
        bucket.reset();
    }

    /** Tokens left; a gauge. */
    public synchronized long available() {
        now = clock.nanos();
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

    /** Under the lock. */
    private final class Now implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
