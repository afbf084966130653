// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One fingerprint in the working set: its state as it is now, which may be newer than stored. */
final class FingerprintSlot {
    private static final Comparator<AlertRun> IN_TURN =
            AlertRun.BY_FIRST.thenComparing(Comparator.comparing(AlertRun::severity));

    private static final KnownAlert.KnownAlertCodec KNOWN = new KnownAlert.KnownAlertCodec();
    private static final AlertRun.AlertRunCodec RUN = new AlertRun.AlertRunCodec();

    /** Nothing is ever put into it: the first entry goes into a map of the slot's own. */
    private static final TreeMap<Long, List<AlertRun>> NONE_LATER = new TreeMap<>();

    private final Tuple3<String, Long, Long> key;
    private final long high; // as in the key, unboxed
    private final long low;

    /** The runs of the earliest slice that has any; most of the time no other has. */
    private List<AlertRun> earliest = List.of();

    private TreeMap<Long, List<AlertRun>> later = NONE_LATER;
    private Optional<KnownAlert> known;
    private boolean knownIsNewer;
    private boolean pendingIsStored;

    /** As stored. */
    FingerprintSlot(
            Tuple3<String, Long, Long> key, Optional<KnownAlert> known, List<AlertRun> pending) {
        this(key, known, pending, false, !pending.isEmpty());
    }

    private FingerprintSlot(
            Tuple3<String, Long, Long> key,
            Optional<KnownAlert> known,
            List<AlertRun> pending,
            boolean knownIsNewer,
            boolean pendingIsStored) {
        this.key = key;
        this.high = key.f1;
        this.low = key.f2;
        this.known = known;
        for (AlertRun run : pending) {
            pendingOf(run.sliceMillis()).add(run);
        }
        this.knownIsNewer = knownIsNewer;
        this.pendingIsStored = pendingIsStored;
    }

    Tuple3<String, Long, Long> key() {
        return key;
    }

    boolean isOf(String tenant, long ofHigh, long ofLow) {
        return low == ofLow && high == ofHigh && key.f0.equals(tenant);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
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
        return !earliest.isEmpty();
    }

    /** The slices that have runs, in order. */
    void forEachPendingSlice(LongConsumer action) {
        if (hasPending()) {
            action.accept(earliestSlice());
        }
        later.keySet().forEach(action::accept);
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
        if (!hasPending() || end.of(earliestSlice()) > closedByMillis) {
            return List.of();
        }
        List<AlertRun> due = earliest;
        earliest = later.isEmpty() ? List.of() : later.pollFirstEntry().getValue();
        if (due.size() > 1) {
            due.sort(IN_TURN);
        }
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
            state.pending(pending());
            pendingIsStored = hasPending();
        }
    }

    /** After it was stored and dropped: whoever still holds it must find nothing to decide. */
    void leave() {
        earliest = List.of();
        later = NONE_LATER;
    }

    boolean needsStoring() {
        return knownIsNewer || pendingIsStored || hasPending();
    }

    /** All of it, and how far the state is behind. */
    void write(DataOutputView out) throws IOException {
        Wire.writeString(key.f0, out);
        out.writeLong(high);
        out.writeLong(low);
        out.writeBoolean(knownIsNewer);
        out.writeBoolean(pendingIsStored);
        out.writeBoolean(known.isPresent());
        if (known.isPresent()) {
            KNOWN.write(known.get(), out);
        }
        List<AlertRun> pending = pending();
        out.writeInt(pending.size());
        for (AlertRun run : pending) {
            RUN.write(run, out);
        }
    }

    static FingerprintSlot read(DataInputView in) throws IOException {
        Tuple3<String, Long, Long> key =
                Tuple3.of(Wire.readString(in), in.readLong(), in.readLong());
        boolean knownIsNewer = in.readBoolean();
        boolean pendingIsStored = in.readBoolean();
        Optional<KnownAlert> known =
                in.readBoolean() ? Optional.of(KNOWN.read(in)) : Optional.empty();
        int runs = in.readInt();
        List<AlertRun> pending = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            pending.add(RUN.read(in));
        }
        return new FingerprintSlot(key, known, pending, knownIsNewer, pendingIsStored);
    }

    private List<AlertRun> pending() {
        if (later.isEmpty()) {
            return earliest;
        }
        List<AlertRun> all = new ArrayList<>(earliest);
        later.values().forEach(all::addAll);
        return all;
    }

    /** For the caller to add to at once: of slices that have runs none is empty. */
    private List<AlertRun> pendingOf(long sliceMillis) {
        if (!hasPending()) {
            earliest = new ArrayList<>(2);
            return earliest;
        }
        long first = earliestSlice();
        if (sliceMillis == first) {
            return earliest;
        }
        if (later.isEmpty()) {
            later = new TreeMap<>();
        }
        if (sliceMillis > first) {
            return later.computeIfAbsent(sliceMillis, slice -> new ArrayList<>(2));
        }
        later.put(first, earliest);
        earliest = new ArrayList<>(2);
        return earliest;
    }

    private long earliestSlice() {
        return earliest.get(0).sliceMillis();
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
