// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.time.Duration;
import java.util.Arrays;

/**
 * How fast the errors that an objective allows are used up. A burn rate of 1 uses exactly the
 * budget of the objective's period. An alarm needs a long and a short window over the same rate, so
 * that it is neither nervous nor stuck: 14.4 over 1 h and 5 min, or 6 over 6 h and 30 min (Site
 * Reliability Workbook, chapter 5). Keeps 6 h of minutes. Not thread safe.
 */
public final class ErrorBudget {
    private static final int MINUTES = 360;

    private final double allowed;
    private final long[] minuteOf = new long[MINUTES];
    private final long[] calls = new long[MINUTES];
    private final long[] errors = new long[MINUTES];

    /** How urgent the burning is. */
    public enum Burn {
        WITHIN_BUDGET,
        /** 5 % of a 30-day budget in 6 h. */
        SLOW,
        /** 2 % of a 30-day budget in 1 h. */
        FAST
    }

    /**
     * @param objective share of good calls, for instance 0.999
     */
    public ErrorBudget(double objective) {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException(
                    "An objective lies between 0 and 1 and allows for errors: " + objective);
        }
        this.allowed = 1 - objective;
        Arrays.fill(minuteOf, Long.MIN_VALUE);
    }

    /**
     * @param millis time of the call; one that is older than 6 h before the newest is forgotten
     */
    public void record(long millis, CallResult result) {
        long minute = Math.floorDiv(millis, 60_000L);
        int slot = (int) Math.floorMod(minute, (long) MINUTES);
        if (minuteOf[slot] > minute) {
            return;
        }
        if (minuteOf[slot] < minute) {
            minuteOf[slot] = minute;
            calls[slot] = 0;
            errors[slot] = 0;
        }
        calls[slot]++;
        errors[slot] += result == CallResult.ERROR ? 1 : 0;
    }

    /** Of a call. */
    public enum CallResult {
        GOOD,
        ERROR
    }

    /**
     * Share of errors over what is allowed, in the window that ends with the minute of now; 0 if
     * nothing was called.
     */
    public double burnRate(long nowMillis, Duration window) {
        long last = Math.floorDiv(nowMillis, 60_000L);
        long first = last - Math.min(MINUTES, Math.max(1, window.toMinutes())) + 1;
        long all = 0;
        long bad = 0;
        for (int slot = 0; slot < MINUTES; slot++) {
            if (minuteOf[slot] >= first && minuteOf[slot] <= last) {
                all += calls[slot];
                bad += errors[slot];
            }
        }
        return all == 0 ? 0 : (double) bad / all / allowed;
    }

    public Burn burn(long nowMillis) {
        if (both(nowMillis, 14.4, Duration.ofHours(1), Duration.ofMinutes(5))) {
            return Burn.FAST;
        }
        return both(nowMillis, 6, Duration.ofHours(6), Duration.ofMinutes(30))
                ? Burn.SLOW
                : Burn.WITHIN_BUDGET;
    }

    private boolean both(long nowMillis, double rate, Duration longer, Duration shorter) {
        return burnRate(nowMillis, longer) >= rate && burnRate(nowMillis, shorter) >= rate;
    }
}
