// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.lifecycle.IncidentState;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long an incident may stay in each state, by event time. Immutable; begins with defaults. */
public final class LifecyclePolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumMap<IncidentState, Long> longestMillis;
    private final long acknowledgedMillis;
    private final int reminders;
    private final long watchMillis;
    private final long trailMillis;

    private LifecyclePolicy(
            Map<IncidentState, Long> longestMillis,
            long acknowledgedMillis,
            int reminders,
            long watchMillis,
            long trailMillis) {
        this.longestMillis = new EnumMap<>(longestMillis);
        this.acknowledgedMillis = acknowledgedMillis;
        this.reminders = reminders;
        this.watchMillis = watchMillis;
        this.trailMillis = trailMillis;
    }

    /**
     * 10 s for siblings to join, 180 s for a diagnosis, 150 s for a decision (its own bound is 120
     * s), 10 min for the action, 5 min for its validation, a reminder to a human every 15 min, five
     * times, each hour once somebody acknowledged; what is resolved is remembered for 24 h.
     */
    public static LifecyclePolicy defaults() {
        EnumMap<IncidentState, Long> longest = new EnumMap<>(IncidentState.class);
        longest.put(IncidentState.DETECTED, 10_000L);
        longest.put(IncidentState.DIAGNOSING, 180_000L);
        longest.put(IncidentState.DECIDING, 150_000L);
        longest.put(IncidentState.RESOLVING, 600_000L);
        longest.put(IncidentState.VERIFYING, 300_000L);
        longest.put(IncidentState.RESOLVED, 86_400_000L);
        longest.put(IncidentState.ESCALATED, 900_000L);
        return new LifecyclePolicy(longest, 3_600_000L, 5, 300_000L, 60_000L);
    }

    /** As this, with another bound for one state. */
    public LifecyclePolicy withLongest(IncidentState state, Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("A state lasts longer than no time: " + state);
        }
        EnumMap<IncidentState, Long> bounds = new EnumMap<>(longestMillis);
        bounds.put(state, longest.toMillis());
        return new LifecyclePolicy(bounds, acknowledgedMillis, reminders, watchMillis, trailMillis);
    }

    long longestMillis(IncidentState state) {
        return longestMillis.get(state);
    }

    /** Until the next reminder, once a human has seen it. */
    long acknowledgedMillis() {
        return acknowledgedMillis;
    }

    /** To humans, before nobody waits for one any longer. */
    int reminders() {
        return reminders;
    }

    /** What comes back within this time after it was resolved was not mended. */
    long watchMillis() {
        return watchMillis;
    }

    /** Alerts that trail behind a resolution by less do not open it again. */
    long trailMillis() {
        return trailMillis;
    }
}
