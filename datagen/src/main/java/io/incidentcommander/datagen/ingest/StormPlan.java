// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import io.incidentcommander.datagen.storm.OpenLoopPacer;
import io.incidentcommander.datagen.storm.Schedule;
import io.incidentcommander.datagen.storm.StormClock;
import io.incidentcommander.datagen.storm.StormContent;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** What to send, when, and how much of it. Immutable. */
final class StormPlan implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long MILLI = 1_000_000L;

    /** Sooner than anyone can send; it keeps the partitions of a reader in step. */
    private static final Schedule AT_ONCE = Schedule.rate(1_000_000_000L);

    /** How a record gets its time, and when it may go. */
    enum Timing {
        /** At its intended time, or late. */
        PACED,
        /** At once, with the time of sending. */
        UNPACED,
        /** At once, with its intended time. */
        VIRTUAL
    }

    private final String sourceId;
    private final StormContent content;
    private final Schedule schedule;
    private final long records;
    private final Timing timing;
    private final long virtualEpochMillis;
    private final StormClock clock;

    StormPlan(
            String sourceId,
            StormContent content,
            Optional<Schedule> schedule,
            long records,
            Optional<Long> virtualEpochMillis,
            StormClock clock) {
        this.sourceId = Objects.requireNonNull(sourceId, "sourceId");
        this.content = content;
        this.schedule = schedule.orElse(AT_ONCE);
        this.records = records;
        this.timing =
                virtualEpochMillis.isPresent()
                        ? Timing.VIRTUAL
                        : schedule.isPresent() ? Timing.PACED : Timing.UNPACED;
        this.virtualEpochMillis = virtualEpochMillis.orElse(0L);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    String sourceId() {
        return sourceId;
    }

    StormContent content() {
        return content;
    }

    Timing timing() {
        return timing;
    }

    StormClock clock() {
        return clock;
    }

    boolean isBounded() {
        return records != Long.MAX_VALUE;
    }

    /** Start of a storm that begins now (epoch ms). */
    long startMillis() {
        return timing == Timing.VIRTUAL ? virtualEpochMillis : clock.epochMillis();
    }

    boolean has(long record) {
        return record < records;
    }

    /** Intended time after the start; if unpaced, it only orders the records. */
    long offsetNanos(long record) {
        return schedule.offsetNanos(record);
    }

    OpenLoopPacer pacer(long startMillis) {
        return OpenLoopPacer.startedAt(startMillis, schedule, clock);
    }

    /** Epoch milliseconds of an offset. */
    static long millisAt(long startMillis, long offsetNanos) {
        return startMillis + offsetNanos / MILLI;
    }
}
