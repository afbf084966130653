// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a job runs before it is measured: a time, and where a rate is offered as much longer as
 * it takes until the job has caught up with it, since a backlog of the warm-up would count as
 * latency of what is measured. A job that never does is measured after {@link #PATIENCE} as it is.
 */
final class WarmUp {
    /** How much longer than asked for it may last. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Duration least;
    private final BooleanSupplier keepsPace;

    private WarmUp(Duration least, BooleanSupplier keepsPace) {
        this.least = least;
        this.keepsPace = keepsPace;
    }

    static WarmUp of(Duration time) {
        return new WarmUp(time, () -> true);
    }

    /** Of no time: none, whether the job keeps pace or not. */
    static WarmUp until(BooleanSupplier keepsPace, Duration least) {
        return least.isZero() ? of(least) : new WarmUp(least, keepsPace);
    }

    boolean isOver(Duration elapsed) {
        return elapsed.compareTo(least) >= 0
                && (elapsed.compareTo(least.plus(PATIENCE)) >= 0 || keepsPace.getAsBoolean());
    }

    /** For the progress of a job that still warms up. */
    String left(Duration elapsed) {
        return elapsed.compareTo(least) < 0
                ? String.format(" (warm-up, %d s more)", least.minus(elapsed).toSeconds() + 1)
                : " (warm-up, until it has caught up)";
    }
}
