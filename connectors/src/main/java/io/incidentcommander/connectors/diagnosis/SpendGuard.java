// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.model.diagnosis.SpendEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds spending under its caps: the worst case is reserved before a call and the actual cost is
 * booked after it, so that calls under way cannot break a cap together. The hour is rolling, by
 * minutes. Its entries outlive a restart where they are kept and restored. Thread safe.
 */
final class SpendGuard {
    private static final int MINUTES = 60;
    private static final int MOST_INCIDENTS = 10_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final SpendCaps caps;
    private final NanoClock clock;
    private final long start;
    private final long[] minuteOf = new long[MINUTES];
    private final long[] spent = new long[MINUTES];
    private final Map<String, Long> byIncident =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MOST_INCIDENTS;
                }
            };
    private final Map<String, Long> before = new HashMap<>();
    private long reserved;

    SpendGuard(SpendCaps caps, NanoClock clock) {
        this.caps = caps;
        this.clock = clock;
        this.start = clock.nanos();
    }

    /** Empty if it is reserved; else why not. */
    synchronized Optional<String> reserve(String incident, Spend worst) {
        long ofIncident = byIncident.getOrDefault(incident, 0L) + worst.microUsd();
        if (before.getOrDefault(incident, 0L) + ofIncident > caps.perIncident()) {
            return Optional.of("the incident's money is used up");
        }
        if (hourMicroUsd() + reserved + worst.microUsd() > caps.perHour()) {
            return Optional.of("the hour's money is used up");
        }
        byIncident.put(incident, ofIncident);
        reserved += worst.microUsd();
        return Optional.empty();
    }

    /** Books what a reserved call cost in fact. */
    synchronized void settle(String incident, Spend worst, Spend actual) {
        reserved -= worst.microUsd();
        byIncident.merge(incident, actual.microUsd() - worst.microUsd(), Long::sum);
        book(minute(), actual.microUsd());
    }

    /** Booked in the last hour; a gauge. */
    synchronized long hourMicroUsd() {
        long now = minute();
        long sum = 0;
        for (int slot = 0; slot < MINUTES; slot++) {
            if (now - minuteOf[slot] < MINUTES) {
                sum += spent[slot];
            }
        }
        return sum;
    }

    /** The dearest incident; a gauge. */
    synchronized long dearestMicroUsd() {
        return Stream.concat(byIncident.keySet().stream(), before.keySet().stream())
                .mapToLong(i -> byIncident.getOrDefault(i, 0L) + before.getOrDefault(i, 0L))
                .max()
                .orElse(0);
    }

    /**
     * What a restart must not forget: of incidents what was not restored, which whoever restored it
     * still has. Calls under way stand in it at their worst: they may have to be paid although they
     * are made again.
     *
     * @param epochMinute now
     */
    synchronized List<SpendEntry> entries(long epochMinute) {
        List<SpendEntry> entries = new ArrayList<>();
        byIncident.forEach((id, micro) -> entries.add(SpendEntry.ofIncident(id, micro)));
        long now = minute();
        for (int slot = 0; slot < MINUTES; slot++) {
            long age = now - minuteOf[slot];
            if (age < MINUTES && spent[slot] != 0) {
                entries.add(SpendEntry.ofMinute(epochMinute - age, spent[slot]));
            }
        }
        if (reserved > 0) {
            entries.add(SpendEntry.ofMinute(epochMinute, reserved));
        }
        return entries;
    }

    /**
     * Takes over what was spent before; of minutes, the last hour.
     *
     * @param epochMinute now
     */
    synchronized void restore(List<SpendEntry> entries, long epochMinute) {
        for (SpendEntry entry : entries) {
            if (entry.isOfIncident()) {
                before.merge(entry.incident(), entry.microUsd(), Long::sum);
                continue;
            }
            // A clock that was set back makes it of now, not of the future.
            long age = Math.max(0, epochMinute - entry.minute());
            if (age < MINUTES) {
                book(minute() - age, entry.microUsd());
            }
        }
    }

    private void book(long minute, long microUsd) {
        int slot = (int) Math.floorMod(minute, (long) MINUTES);
        if (minuteOf[slot] != minute) {
            minuteOf[slot] = minute;
            spent[slot] = 0;
        }
        spent[slot] += microUsd;
    }

    private long minute() {
        return (clock.nanos() - start) / MINUTE;
    }
}
