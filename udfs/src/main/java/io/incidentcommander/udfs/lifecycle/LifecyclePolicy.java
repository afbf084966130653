// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import java.io.Serializable;
import java.util.EnumMap;

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
    private final SlaClock promises;

    private LifecyclePolicy(Builder b) {
        this.roles = b.roles;
        this.longestMillis = new EnumMap<>(b.longestMillis);
        this.acknowledgedMillis = b.acknowledgedMillis;
        this.reminders = b.reminders;
        this.watchMillis = b.watchMillis;
        this.trailMillis = b.trailMillis;
        this.promises = b.promises;
        if (Math.max(watchMillis, trailMillis) > longestMillis(IncidentState.RESOLVED)) {
            throw new IllegalArgumentException(
                    "What is resolved is remembered for as long as it is watched, at least");
        }
    }

    /**
     * 10 s for siblings to join, 180 s for a diagnosis, 150 s for a decision (its own bound is 120
     * s), 10 min for the action, 5 min for its validation, a reminder to a human every 15 min, five
     * times, each hour once somebody acknowledged; what is resolved is remembered for 24 h.
     */
    public static LifecyclePolicy defaults() {
        return builder().build();
    }

    /**
     * The same where agents have other times: a phase that waits for them lasts as long as the role
     * that may take longest.
     */
    public static LifecyclePolicy of(RoundPolicy rounds) {
        return new Builder(rounds).build();
    }

    /** With the defaults, until something else is said. */
    public static Builder builder() {
        return new Builder(RoundPolicy.DEFAULT);
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

    /** How long mending may take. */
    SlaClock promises() {
        return promises;
    }

    /** Builds a {@link LifecyclePolicy}; all times in milliseconds of event time. */
    public static final class Builder {
        private final RoleTimes roles;
        private final EnumMap<IncidentState, Long> longestMillis =
                new EnumMap<>(IncidentState.class);
        private long acknowledgedMillis = 3_600_000;
        private int reminders = 5;
        private long watchMillis = 300_000;
        private long trailMillis = 60_000;
        private SlaClock promises = SlaClock.defaults();

        private Builder(RoundPolicy rounds) {
            roles = new RoleTimes(rounds);
            longestMillis.put(
                    IncidentState.DIAGNOSING, roles.leastMillis(IncidentState.DIAGNOSING));
            longestMillis.put(
                    IncidentState.DECIDING,
                    roles.leastMillis(IncidentState.DECIDING) + ON_ITS_WAY_MILLIS);
            join(10_000).act(600_000).validate(300_000).remember(86_400_000);
            longestMillis.put(IncidentState.ESCALATED, 900_000L);
        }

        /** For siblings to join, before a cause is asked for. */
        public Builder join(long millis) {
            longestMillis.put(IncidentState.DETECTED, millis);
            return this;
        }

        /** For the action, approvals and the way back included. */
        public Builder act(long millis) {
            longestMillis.put(IncidentState.RESOLVING, millis);
            return this;
        }

        public Builder validate(long millis) {
            longestMillis.put(IncidentState.VERIFYING, millis);
            return this;
        }

        /** What is resolved; as long as it is watched, at least. */
        public Builder remember(long millis) {
            longestMillis.put(IncidentState.RESOLVED, millis);
            return this;
        }

        public Builder watch(long millis) {
            watchMillis = millis;
            return this;
        }

        public Builder trail(long millis) {
            trailMillis = millis;
            return this;
        }

        /**
         * @param everyMillis between reminders to humans
         * @param acknowledgedMillis the same, once somebody acknowledged
         * @param times before nobody waits for a human any longer
         */
        public Builder remind(long everyMillis, long acknowledgedMillis, int times) {
            longestMillis.put(IncidentState.ESCALATED, everyMillis);
            this.acknowledgedMillis = acknowledgedMillis;
            this.reminders = times;
            return this;
        }

        public Builder promises(SlaClock promises) {
            this.promises = promises;
            return this;
        }

        /**
         * @throws IllegalArgumentException if something is watched that is not remembered
         */
        public LifecyclePolicy build() {
            return new LifecyclePolicy(this);
        }
    }
}
