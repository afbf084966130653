// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

/**
 * How far the clock behind one partition of a source is off, from the least delay between event and
 * arrival that was seen in the last two minutes of arrival time.
 *
 * <p>The least delay is the best witness: queues and retries only add to it (the idea behind NTP's
 * clock filter, RFC 5905 section 10). Within {@code [-AHEAD, BEHIND]} it is taken for a delay, and
 * nothing is corrected; outside, the whole of it is taken for skew. Two minutes are two windows of
 * one: when a window ends its minimum is kept for one more.
 *
 * <p>Not thread safe. Times in epoch milliseconds.
 */
public final class SkewEstimate {
    /** A clock ahead by more than this is corrected. */
    public static final long AHEAD_MILLIS = 2_000;

    /** A least delay over this is a clock that is behind. */
    public static final long BEHIND_MILLIS = 600_000;

    private static final long WINDOW_MILLIS = 60_000;
    private static final long NOTHING = Long.MAX_VALUE;

    private long windowStart;
    private long current;
    private long previous;

    /** Nothing seen yet. */
    public SkewEstimate() {
        this(Long.MIN_VALUE, NOTHING, NOTHING);
    }

    /** As {@link #windowStart}, {@link #current} and {@link #previous} of another were. */
    public SkewEstimate(long windowStart, long current, long previous) {
        this.windowStart = windowStart;
        this.current = current;
        this.previous = previous;
    }

    /**
     * Takes the event in as a witness, and says when it happened. One whose own delay is plausible
     * stands as it is: behind one partition there may be many clocks, of which one is wrong.
     */
    public long correct(long eventMillis, long arrivalMillis) {
        observe(eventMillis, arrivalMillis);
        boolean stands = isPlausible(arrivalMillis - eventMillis);
        return stands ? eventMillis : eventMillis + correctionMillis();
    }

    private void observe(long eventMillis, long arrivalMillis) {
        long window = Math.floorDiv(arrivalMillis, WINDOW_MILLIS) * WINDOW_MILLIS;
        if (window > windowStart) {
            previous = window == windowStart + WINDOW_MILLIS ? current : NOTHING;
            current = NOTHING;
            windowStart = window;
        }
        current = Math.min(current, arrivalMillis - eventMillis);
    }

    /** To be added to the time of an event that is off; 0 while the least delay is plausible. */
    long correctionMillis() {
        long least = Math.min(current, previous);
        return least == NOTHING || isPlausible(least) ? 0 : least;
    }

    private static boolean isPlausible(long delayMillis) {
        return delayMillis >= -AHEAD_MILLIS && delayMillis <= BEHIND_MILLIS;
    }

    public long windowStart() {
        return windowStart;
    }

    public long current() {
        return current;
    }

    public long previous() {
        return previous;
    }
}
