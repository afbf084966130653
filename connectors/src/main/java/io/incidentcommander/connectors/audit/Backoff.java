// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.Serializable;

/**
 * Exponential delays with a cap. The jitter is a hash of the seed and the attempt, not random, so
 * that many waiting for one store spread out and a test sees the same delays each time. Immutable.
 */
final class Backoff implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long baseMillis;
    private final long capMillis;

    Backoff(long baseMillis, long capMillis) {
        if (baseMillis <= 0 || capMillis < baseMillis) {
            throw new IllegalArgumentException(
                    "A backoff grows from a positive delay: " + baseMillis + " to " + capMillis);
        }
        this.baseMillis = baseMillis;
        this.capMillis = capMillis;
    }

    /**
     * Between half of {@code base * 2^(attempt - 1)}, at most the cap, and the whole of it.
     *
     * @param attempt 1 after the first failure
     */
    long delayMillis(int attempt, long seed) {
        int doublings = Math.min(Math.max(attempt - 1, 0), 30);
        long full = Math.min(capMillis, baseMillis << doublings);
        long half = full / 2;
        return full - Long.remainderUnsigned(mix(seed + attempt), half + 1);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
