// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import java.util.List;

/** A named set of times; one of its intervals is enough. Immutable. */
public final class TimeIntervals {
    private final String name;
    private final List<TimeInterval> intervals;

    public TimeIntervals(String name, List<TimeInterval> intervals) {
        this.name = name;
        this.intervals = List.copyOf(intervals);
    }

    public String name() {
        return name;
    }

    public boolean contains(long millis) {
        return intervals.stream().anyMatch(interval -> interval.contains(millis));
    }

    @Override
    public String toString() {
        return name;
    }
}
