// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple3;

/** One fingerprint in the working set: its state as it is now, which may be newer than stored. */
final class FingerprintSlot {
    private static final Comparator<AlertRun> IN_TURN =
            AlertRun.BY_FIRST.thenComparing(Comparator.comparing(AlertRun::severity));

    private final Tuple3<String, Long, Long> key;
    private final TreeMap<Long, List<AlertRun>> pendingBySlice = new TreeMap<>();
    private Optional<KnownAlert> known;
    private boolean knownIsNewer;
    private boolean pendingIsStored;

    FingerprintSlot(
            Tuple3<String, Long, Long> key, Optional<KnownAlert> known, List<AlertRun> pending) {
        this.key = key;
        this.known = known;
        for (AlertRun run : pending) {
            pendingOf(run.sliceMillis()).add(run);
        }
        this.pendingIsStored = !pending.isEmpty();
    }

    Tuple3<String, Long, Long> key() {
        return key;
    }

    Optional<KnownAlert> known() {
        return known;
    }

    void known(KnownAlert value) {
        known = Optional.of(value);
        knownIsNewer = true;
    }

    void forget() {
        known = Optional.empty();
        knownIsNewer = true;
    }

    boolean hasPending() {
        return !pendingBySlice.isEmpty();
    }

    /** The slices that have runs, in order; a view. */
    Set<Long> pendingSlices() {
        return pendingBySlice.keySet();
    }

    /** Adds a run, merged with one of its kind. Says whether its slice is new here. */
    boolean add(AlertRun run, MergeListener listener) {
        List<AlertRun> slice = pendingOf(run.sliceMillis());
        for (int i = 0; i < slice.size(); i++) {
            AlertRun other = slice.get(i);
            if (other.mergesWith(run)) {
                AlertRun merged = other.merge(run);
                listener.merged(other, run, merged);
                slice.set(i, merged);
                return false;
            }
        }
        slice.add(run);
        return slice.size() == 1;
    }

    /** Takes out the runs of the earliest slice that is closed, in the order of decision. */
    List<AlertRun> takeEarliest(long closedByMillis, SliceEnd end) {
        if (pendingBySlice.isEmpty() || end.of(pendingBySlice.firstKey()) > closedByMillis) {
            return List.of();
        }
        List<AlertRun> due = pendingBySlice.pollFirstEntry().getValue();
        due.sort(IN_TURN);
        return due;
    }

    /** Writes what is newer than the state, the current key being this slot's. */
    void store(KnownAlertState state) throws Exception {
        if (knownIsNewer) {
            if (known.isPresent()) {
                state.known(known.get());
            } else {
                state.forget();
            }
            knownIsNewer = false;
        }
        if (pendingIsStored || hasPending()) {
            List<AlertRun> all = new ArrayList<>();
            pendingBySlice.values().forEach(all::addAll);
            state.pending(all);
            pendingIsStored = hasPending();
        }
    }

    /** After it was stored and dropped: whoever still holds it must find nothing to decide. */
    void leave() {
        pendingBySlice.clear();
    }

    boolean needsStoring() {
        return knownIsNewer || pendingIsStored || hasPending();
    }

    private List<AlertRun> pendingOf(long sliceMillis) {
        return pendingBySlice.computeIfAbsent(sliceMillis, slice -> new ArrayList<>(2));
    }

    /** Told of each merge, for the {@link AlertFate}s of alerts that are no longer at an end. */
    @FunctionalInterface
    interface MergeListener {
        void merged(AlertRun one, AlertRun other, AlertRun merged);
    }

    /** The watermark that closes a slice. */
    @FunctionalInterface
    interface SliceEnd {
        long of(long sliceMillis);
    }
}
