// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long to wait before another attempt: a growth, a base and a cap. The jitter takes up to half
 * of the delay and is a hash of the seed and the attempt, not random, so that many callers of one
 * service spread out and a test sees the same delays each time. Immutable.
 */
public final class RetryDelay implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How the delay grows from attempt to attempt. */
    public enum Growth {
        /** 1, 2, 4, 8 ... times the base. */
        EXPONENTIAL {
            @Override
            long factor(int failures) {
                return 1L << Math.min(failures - 1, 40);
            }
        },
        /** 1, 2, 3, 4 ... times the base. */
        LINEAR {
            @Override
            long factor(int failures) {
                return failures;
            }
        },
        /** 1, 1, 2, 3, 5 ... times the base. */
        FIBONACCI {
            @Override
            long factor(int failures) {
                long last = 0;
                long next = 1;
                for (int i = 1; i < Math.min(failures, 60); i++) {
                    long sum = last + next;
                    last = next;
                    next = sum;
                }
                return next;
            }
        };

        abstract long factor(int failures);
    }

    private final Growth growth;
    private final long baseMillis;
    private final long capMillis;

    private RetryDelay(Growth growth, long baseMillis, long capMillis) {
        if (baseMillis <= 0 || capMillis < baseMillis) {
            throw new IllegalArgumentException(
                    "A delay grows from a positive base to its cap: "
                            + baseMillis
                            + " to "
                            + capMillis
                            + " ms");
        }
        this.growth = growth;
        this.baseMillis = baseMillis;
        this.capMillis = capMillis;
    }

    public static RetryDelay of(Growth growth, Duration base, Duration cap) {
        return new RetryDelay(growth, base.toMillis(), cap.toMillis());
    }

    /**
     * Between half of the full delay and the whole of it, where the full delay is the base times
     * the growth's factor, at most the cap.
     *
     * @param failures so far, 1 after the first
     * @param seed of the caller
     * @return milliseconds
     */
    public long millisAfter(int failures, long seed) {
        if (failures < 1) {
            throw new IllegalArgumentException("Nothing failed yet: " + failures);
        }
        long factor = growth.factor(failures);
        long full = factor > capMillis / baseMillis ? capMillis : baseMillis * factor;
        return full - Long.remainderUnsigned(mix(seed + failures), full / 2 + 1);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
