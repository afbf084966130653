// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.ChannelKind;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/** The habits of all channels, and how often the same is told. Immutable; begins with defaults. */
public final class ChannelRules implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long DEDUPLICATION_MILLIS = 300_000;

    /** All waits are short of the 10 s from decision to send. */
    private static final long LONGEST_WAIT_MILLIS = 9_000;

    private final EnumMap<ChannelKind, ChannelHabits> habits;
    private final long deduplicationMillis;

    private ChannelRules(Map<ChannelKind, ChannelHabits> habits, long deduplicationMillis) {
        this.habits = new EnumMap<>(habits);
        this.deduplicationMillis = deduplicationMillis;
    }

    public static ChannelRules defaults() {
        EnumMap<ChannelKind, ChannelHabits> habits = new EnumMap<>(ChannelKind.class);
        for (ChannelKind kind : ChannelKind.values()) {
            habits.put(kind, ChannelHabits.of(kind));
        }
        return new ChannelRules(habits, DEDUPLICATION_MILLIS);
    }

    /**
     * @param millis in which news of the same incident, status and severity are told once
     */
    public ChannelRules deduplicating(long millis) {
        return new ChannelRules(habits, millis);
    }

    /** How fast each channel of the kind may be written to. */
    public ChannelRules paced(ChannelKind kind, Pace pace) {
        return with(kind, of(kind).paced(pace));
    }

    /**
     * @param firstMillis what a first message waits, if it is not CRITICAL
     * @param updateMillis what a later one waits for company, likewise
     * @throws IllegalArgumentException if either is longer than 9 s
     */
    public ChannelRules waiting(ChannelKind kind, long firstMillis, long updateMillis) {
        if (Math.max(firstMillis, updateMillis) > LONGEST_WAIT_MILLIS) {
            throw new IllegalArgumentException(
                    "Nobody waits for company for longer than " + LONGEST_WAIT_MILLIS + " ms");
        }
        return with(kind, of(kind).waiting(firstMillis, updateMillis));
    }

    private ChannelRules with(ChannelKind kind, ChannelHabits other) {
        EnumMap<ChannelKind, ChannelHabits> next = new EnumMap<>(habits);
        next.put(kind, other);
        return new ChannelRules(next, deduplicationMillis);
    }

    public ChannelHabits of(ChannelKind kind) {
        return habits.get(kind);
    }

    public long deduplicationMillis() {
        return deduplicationMillis;
    }
}
