// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.LogGroup;
import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reduces entries to slices: of each service and time the groups that go first, by severity and
 * then by a hash, counted exactly. Whatever order entries come in, and however they are divided
 * among reducers whose slices are then added up, the result is the same. What it holds is bounded
 * by the policy for each service and slice in sight, and by {@link #MOST_GROUPS} in all: past it
 * entries are skipped until the next flush. Not thread safe.
 */
public final class SliceReducer {
    /** Groups held between two flushes, of all services together. */
    static final int MOST_GROUPS = 100_000;

    private final LogPolicy policy;
    private final Map<List<String>, TreeMap<Long, Part>> parts = new HashMap<>();
    private final EnumMap<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private long held;

    public SliceReducer(LogPolicy policy) {
        this.policy = policy;
    }

    /** Takes an entry in, or counts why it is left out. */
    public void add(LogRecord entry) {
        if (held >= MOST_GROUPS) {
            skipped.merge(SkipReason.NO_ROOM, 1L, Long::sum);
            return;
        }
        LogGrouping grouping = LogGrouping.of(entry);
        Part part =
                parts.computeIfAbsent(
                                List.of(entry.tenant(), entry.service()), key -> new TreeMap<>())
                        .computeIfAbsent(policy.sliceOf(entry.timeMillis()), start -> new Part());
        Optional<SkipReason> why = grouping.skipped();
        if (why.isPresent()) {
            skipped.merge(why.get(), 1L, Long::sum);
            part.skipped++;
        } else {
            int before = part.size;
            part.add(grouping.group().orElseThrow(), policy.groupsPerSlice());
            held += part.size - before;
        }
    }

    /** Hands out what was taken in, by service and time, and begins anew. */
    public void flush(Consumer<LogSlice> slices) {
        List<List<String>> keys = new ArrayList<>(parts.keySet());
        keys.sort((a, b) -> a.equals(b) ? 0 : String.join("\n", a).compareTo(String.join("\n", b)));
        for (List<String> key : keys) {
            parts.get(key)
                    .forEach(
                            (start, part) ->
                                    slices.accept(
                                            part.slice(
                                                    key.get(0),
                                                    key.get(1),
                                                    start,
                                                    policy.groupsPerSlice())));
        }
        parts.clear();
        held = 0;
    }

    /** Whether it is time for a flush: half of the room is taken. */
    public boolean isFull() {
        return held >= MOST_GROUPS / 2;
    }

    /** How many entries were left out so far, by reason; reasons that did not occur are absent. */
    public Map<SkipReason, Long> skipped() {
        return new EnumMap<>(skipped);
    }

    /** Of one service and slice; cut when twice as much as may be kept has come together. */
    private static final class Part {
        private final Map<Severity, Map<String, LogGroup>> groups = new EnumMap<>(Severity.class);
        private int size;
        private long entries;
        private long skipped;

        void add(LogGroup group, int most) {
            entries++;
            Map<String, LogGroup> same =
                    groups.computeIfAbsent(group.severity(), severity -> new HashMap<>());
            if (same.merge(group.signature(), group, LogGroup::plus) == group) {
                size++;
            }
            if (size >= 2 * most) {
                List<LogGroup> kept = first(most);
                groups.clear();
                kept.forEach(
                        one ->
                                groups.computeIfAbsent(one.severity(), severity -> new HashMap<>())
                                        .put(one.signature(), one));
                size = kept.size();
            }
        }

        LogSlice slice(String tenant, String service, long start, int most) {
            return new LogSlice(tenant, service, start, first(most), entries, skipped);
        }

        private List<LogGroup> first(int most) {
            List<LogGroup> all = new ArrayList<>(size);
            groups.values().forEach(same -> all.addAll(same.values()));
            Collections.sort(all);
            return all.subList(0, Math.min(most, all.size()));
        }
    }
}
