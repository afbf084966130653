// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.Objects;

/**
 * Paces an open loop: record n is due at start plus its offset in the schedule, whether or not the
 * consumer kept up, and carries that intended time. A stall so shows as lag of every later record,
 * and is not forgotten as it is when the next record is timed from the last (coordinated omission).
 * Not thread safe.
 *
 * <p>A sender loops: for n = 0, 1, ...: wait {@link #nanosUntil}(n), if positive; send with {@link
 * #intendedMillis}(n).
 */
public final class OpenLoopPacer {
    private static final long MILLI = 1_000_000L;

    private final Schedule schedule;
    private final StormClock clock;
    private final long startMillis;
    private final long startNanos;

    private OpenLoopPacer(Schedule schedule, StormClock clock, long startMillis) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.startMillis = startMillis;
        this.startNanos = clock.nanos() - (clock.epochMillis() - startMillis) * MILLI;
    }

    /** The storm starts now. */
    public static OpenLoopPacer startingNow(Schedule schedule, StormClock clock) {
        return new OpenLoopPacer(schedule, clock, clock.epochMillis());
    }

    /** The storm started, or starts, at {@code startMillis} (epoch ms). */
    public static OpenLoopPacer startedAt(long startMillis, Schedule schedule, StormClock clock) {
        return new OpenLoopPacer(schedule, clock, startMillis);
    }

    /** Epoch milliseconds at which record n is meant to be sent. */
    public long intendedMillis(long n) {
        return startMillis + schedule.offsetNanos(n) / MILLI;
    }

    /** Nanoseconds until record n is due; 0 or less once it is, then minus its lag. */
    public long nanosUntil(long n) {
        return schedule.offsetNanos(n) - elapsedNanos();
    }

    /** Nanoseconds since the start of the storm. */
    public long elapsedNanos() {
        return clock.nanos() - startNanos;
    }

    /** Epoch milliseconds by the clock that paces. */
    public long nowMillis() {
        return startMillis + Math.floorDiv(elapsedNanos(), MILLI);
    }
}
