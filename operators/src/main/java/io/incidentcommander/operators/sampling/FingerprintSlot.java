// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.java.tuple.Tuple3;

/** One fingerprint in the working set: its state as it is now, which may be newer than stored. */
final class FingerprintSlot {
    private final Tuple3<String, Long, Long> key;
    private final List<AlertRun> pending;
    private Optional<KnownAlert> known;
    private boolean knownIsNewer;
    private boolean pendingIsStored;

    FingerprintSlot(
            Tuple3<String, Long, Long> key, Optional<KnownAlert> known, List<AlertRun> pending) {
        this.key = key;
        this.known = known;
        this.pending = pending;
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
        return !pending.isEmpty();
    }

    List<AlertRun> pending() {
        return pending;
    }

    /** Adds a run, merged with one of its kind. Says whether its slice is new here. */
    boolean add(AlertRun run, MergeListener listener) {
        boolean newSlice = true;
        for (int i = 0; i < pending.size(); i++) {
            AlertRun other = pending.get(i);
            if (other.mergesWith(run)) {
                AlertRun merged = other.merge(run);
                listener.merged(other, run, merged);
                pending.set(i, merged);
                return false;
            }
            newSlice &= other.sliceMillis() != run.sliceMillis();
        }
        pending.add(run);
        return newSlice;
    }

    /** Takes out the runs of the earliest slice that is closed, in the order of decision. */
    List<AlertRun> takeEarliest(long closedByMillis, SliceEnd end) {
        long earliest = Long.MAX_VALUE;
        for (AlertRun run : pending) {
            earliest = Math.min(earliest, run.sliceMillis());
        }
        if (pending.isEmpty() || end.of(earliest) > closedByMillis) {
            return List.of();
        }
        if (pending.size() == 1) {
            AlertRun only = pending.remove(0);
            return List.of(only);
        }
        List<AlertRun> due = new ArrayList<>();
        long slice = earliest;
        pending.removeIf(run -> run.sliceMillis() == slice && due.add(run));
        due.sort(AlertRun.BY_FIRST.thenComparing(Comparator.comparing(AlertRun::severity)));
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
        if (pendingIsStored || !pending.isEmpty()) {
            state.pending(pending);
            pendingIsStored = !pending.isEmpty();
        }
    }

    /** After it was stored and dropped: whoever still holds it must find nothing to decide. */
    void leave() {
        pending.clear();
    }

    boolean needsStoring() {
        return knownIsNewer || pendingIsStored || !pending.isEmpty();
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
