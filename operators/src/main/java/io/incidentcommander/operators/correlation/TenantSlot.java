// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tenant at work: its correlation, and the seconds of event time that are not closed. */
final class TenantSlot {
    private static final Slices SECONDS = new Slices(1000);

    private final TenantCorrelation correlation;
    private final TreeMap<Long, List<NotableAlert>> waiting = new TreeMap<>();
    private final TreeMap<Long, Long> seen = new TreeMap<>();
    private boolean changed;

    TenantSlot(CorrelationPolicy policy, CorrelationState state) throws Exception {
        correlation =
                new TenantCorrelation(policy, state.known().orElse(CorrelationSnapshot.empty()));
        state.waiting().forEach(this::await);
        seen.putAll(state.seen());
        changed = false;
    }

    TenantCorrelation correlation() {
        changed = true;
        return correlation;
    }

    static long closesAt(long timeMillis) {
        return SECONDS.lastOf(timeMillis);
    }

    void await(NotableAlert notable) {
        long second = SECONDS.startOf(notable.alert().eventTimeMillis());
        waiting.computeIfAbsent(second, s -> new ArrayList<>()).add(notable);
        changed = true;
    }

    void await(long second, long alerts) {
        seen.merge(second, alerts, Long::sum);
        changed = true;
    }

    /**
     * The alerts of the earliest second that is closed by then, in order; empty if there is none.
     */
    List<NotableAlert> takeClosed(long watermark) {
        if (waiting.isEmpty() || closesAt(waiting.firstKey()) > watermark) {
            return List.of();
        }
        Map.Entry<Long, List<NotableAlert>> second = waiting.pollFirstEntry();
        countUntil(closesAt(second.getKey()));
        second.getValue().sort(NotableAlert.IN_TIME);
        changed = true;
        return second.getValue();
    }

    /** Counts what was seen in the seconds that are closed by then. */
    void countUntil(long watermark) {
        while (!seen.isEmpty() && closesAt(seen.firstKey()) <= watermark) {
            Map.Entry<Long, Long> second = seen.pollFirstEntry();
            correlation.seen(second.getKey(), second.getValue());
            changed = true;
        }
    }

    /** Event time at which something is to be done though nothing comes. */
    long due() {
        long due = correlation.forgottenAt();
        Optional<Long> over = correlation.nextOver();
        due = over.isPresent() ? Math.min(due, over.get()) : due;
        due = waiting.isEmpty() ? due : Math.min(due, closesAt(waiting.firstKey()));
        return seen.isEmpty() ? due : Math.min(due, closesAt(seen.firstKey()));
    }

    boolean isForgotten(long watermark) {
        return waiting.isEmpty()
                && seen.isEmpty()
                && correlation.nextOver().isEmpty()
                && correlation.forgottenAt() <= watermark;
    }

    boolean isChanged() {
        return changed;
    }

    void store(CorrelationState state) throws Exception {
        List<NotableAlert> alerts = new ArrayList<>();
        waiting.values().forEach(alerts::addAll);
        state.store(correlation.snapshot(), alerts, seen);
        changed = false;
    }
}
