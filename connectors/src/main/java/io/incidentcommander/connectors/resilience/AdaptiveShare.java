// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

/**
 * The share of its rate limit that a caller uses. Halved by each throttled answer, at most once in
 * a window since many answers to one burst say the same thing; a twentieth is added by each window
 * without one: additive increase, multiplicative decrease (Chiu and Jain, 1989). Not thread safe.
 */
final class AdaptiveShare {
    static final double LEAST = 0.1;
    private static final double STEP = 0.05;
    private static final double CUT = 0.5;

    private final long windowNanos;
    private double share = 1;
    private long windowStart;

    AdaptiveShare(long windowNanos, long now) {
        this.windowNanos = windowNanos;
        this.windowStart = now;
    }

    double share() {
        return share;
    }

    /** Whether the share changed. */
    boolean throttled(long now) {
        if (share < 1 && now - windowStart < windowNanos) {
            return false;
        }
        windowStart = now;
        double before = share;
        share = Math.max(LEAST, share * CUT);
        return share != before;
    }

    /** Whether the share changed. */
    boolean succeeded(long now) {
        if (share >= 1 || now - windowStart < windowNanos) {
            return false;
        }
        windowStart = now;
        share = Math.min(1, share + STEP);
        return true;
    }

    /** As at the beginning. */
    void restore(long now) {
        windowStart = now;
        share = 1;
    }
}
