// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/** How long an incident may stay in each state, by event time. Immutable; begins with defaults. */
public final class LifecyclePolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For a decision to come, after the deliberation is over. */
    private static final long ON_ITS_WAY_MILLIS = 30_000;

    private final RoleTimes roles;
    private final EnumMap<IncidentState, Long> longestMillis;
    private final long acknowledgedMillis;
    private final int reminders;
    private final long watchMillis;
    private final long trailMillis;

    private LifecyclePolicy(
            RoleTimes roles,
            Map<IncidentState, Long> longestMillis,
            long acknowledgedMillis,
            int reminders,
            long watchMillis,
            long trailMillis) {
        this.roles = roles;
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
        return of(RoundPolicy.DEFAULT);
    }

    /**
     * The same where agents have other times: a phase that waits for them lasts as long as the role
     * that may take longest.
     */
    public static LifecyclePolicy of(RoundPolicy rounds) {
        RoleTimes roles = new RoleTimes(rounds);
        EnumMap<IncidentState, Long> longest = new EnumMap<>(IncidentState.class);
        longest.put(IncidentState.DETECTED, 10_000L);
        longest.put(IncidentState.DIAGNOSING, roles.leastMillis(IncidentState.DIAGNOSING));
        longest.put(
                IncidentState.DECIDING,
                roles.leastMillis(IncidentState.DECIDING) + ON_ITS_WAY_MILLIS);
        longest.put(IncidentState.RESOLVING, 600_000L);
        longest.put(IncidentState.VERIFYING, 300_000L);
        longest.put(IncidentState.RESOLVED, 86_400_000L);
        longest.put(IncidentState.ESCALATED, 900_000L);
        return new LifecyclePolicy(roles, longest, 3_600_000L, 5, 300_000L, 60_000L);
    }

    long longestMillis(IncidentState state) {
        return longestMillis.get(state);
    }

    RoleTimes roles() {
        return roles;
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
