// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.time.Duration;

/** The one moment by which a call, with all its retries, has an answer. Immutable. */
public final class Deadline {
    private final NanoClock clock;
    private final long at;

    private Deadline(NanoClock clock, long at) {
        this.clock = clock;
        this.at = at;
    }

    /**
     * @param after zero or negative: already over
     */
    public static Deadline in(Duration after, NanoClock clock) {
        return new Deadline(clock, clock.nanos() + after.toNanos());
    }

    /** Nanoseconds left, at least zero. */
    public long nanosLeft() {
        return Math.max(0, at - clock.nanos());
    }

    public boolean isOver() {
        return nanosLeft() == 0;
    }
}
