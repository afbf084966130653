// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.util.Objects;
import java.util.Optional;

/**
 * A time that somebody planned for some of the services: a maintenance window, in which their
 * alerts are no news, or a change freeze, in which nobody changes them. Either once, from inclusive
 * and until exclusive, or whenever named time intervals hold. Immutable.
 */
public final class PlannedWindow {
    private final String id;
    private final Matchers matchers;
    private final long fromMillis;
    private final long untilMillis;
    private final Optional<TimeIntervals> recurring;
    private final String owner;
    private final String reason;

    private PlannedWindow(
            String id,
            Matchers matchers,
            long fromMillis,
            long untilMillis,
            Optional<TimeIntervals> recurring,
            String owner,
            String reason) {
        this.id = Objects.requireNonNull(id, "id");
        this.matchers = Objects.requireNonNull(matchers, "matchers");
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
        this.recurring = recurring;
        this.owner = Objects.requireNonNull(owner, "owner");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static PlannedWindow once(
            String id, Matchers matchers, long from, long until, String owner, String reason) {
        if (until <= from) {
            throw new IllegalArgumentException("window " + id + " must end after it starts");
        }
        return new PlannedWindow(id, matchers, from, until, Optional.empty(), owner, reason);
    }

    public static PlannedWindow recurring(
            String id, Matchers matchers, TimeIntervals times, String owner, String reason) {
        return new PlannedWindow(
                id, matchers, Long.MIN_VALUE, Long.MAX_VALUE, Optional.of(times), owner, reason);
    }

    public String id() {
        return id;
    }

    /** Whether the window holds at the time for what has these labels. */
    public boolean holds(LabelSet labels, long millis) {
        return fromMillis <= millis
                && millis < untilMillis
                && (recurring.isEmpty() || recurring.get().contains(millis))
                && matchers.match(labels);
    }

    /** Which, whose, until when and why. */
    public String words() {
        return id
                + " of "
                + owner
                + recurring.map(t -> " at " + t.name()).orElse(" until " + endWords())
                + ": "
                + reason;
    }

    private String endWords() {
        return untilMillis == Long.MAX_VALUE ? "further notice" : TimeText.of(untilMillis);
    }

    @Override
    public String toString() {
        return words();
    }
}
