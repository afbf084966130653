// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.KeyGroupSnapshot;
import io.incidentcommander.operators.StoredKeys;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.sampling.DedupDecision;
import io.incidentcommander.udfs.sampling.DedupPolicy;
import io.incidentcommander.udfs.sampling.Deduplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by (tenant, fingerprint): gathers the runs of a slice until the watermark closes it, lets
 * {@link Deduplication} decide, and passes on what is news. A run that comes after its slice was
 * closed is decided at once.
 *
 * <p>Works on a bounded {@link WorkingSet} in front of the state, to which a slot is written when
 * it leaves, its runs of open slices with a timer each at the end of their slice. At a checkpoint
 * what is in the working set is written beside the state ({@link KeyGroupSnapshot}) and not into
 * it.
 *
 * <p>Flink's current key is set only where state or timers are touched: setting it costs a
 * serialisation, and a run of a slot in the working set touches neither.
 */
public final class DeduplicateOperator extends LedgeredOperator<NotableAlert>
        implements OneInputStreamOperator<AlertRun, NotableAlert>,
                Triggerable<Tuple3<String, Long, Long>, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** How many alerts a tenant had in a second: (tenant, second in epoch milliseconds, alerts). */
    public static final OutputTag<Tuple3<String, Long, Long>> SEEN =
            new OutputTag<>("seen", Types.TUPLE(Types.STRING, Types.LONG, Types.LONG));

    private static final String STAGE = "sampling";
    private static final String SLICE_TIMERS = "deduplication-slices";
    private static final String MEMORY_TIMERS = "deduplication-memory";

    /** Slots in one generation of the working set. */
    private static final int GENERATION = 65_536;

    /** Fingerprints that new ones are told from without a look into the state. */
    private static final int STORED_KEYS = 1 << 20;

    private final DedupPolicy policy;
    private final int generation;

    private transient Deduplication deduplication;
    private transient KnownAlertState state;
    private transient StoredKeys stored;
    private transient List<FingerprintSlot> restored;
    private transient WorkingSet workingSet;
    private transient TreeMap<Long, List<FingerprintSlot>> dueBySlice;
    private transient long lastDueSlice;
    private transient List<FingerprintSlot> lastDue; // of the slice that was asked for last
    private transient InternalTimerService<VoidNamespace> sliceTimers;
    private transient InternalTimerService<VoidNamespace> memoryTimers;
    private transient DedupAccount account;
    private transient SeenAlerts seen;
    private transient long watermark;

    public DeduplicateOperator(DedupPolicy policy, FateDetail detail) {
        this(policy, detail, GENERATION);
    }

    /** With a working set of at most twice {@code generation} slots. */
    DeduplicateOperator(DedupPolicy policy, FateDetail detail, int generation) {
        super(STAGE, detail);
        this.policy = policy;
        this.generation = generation;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stored = StoredKeys.of(STORED_KEYS, context.isRestored());
        restored = new ArrayList<>();
        if (context.isRestored()) {
            KeyGroupSnapshot.read(
                    context.getRawKeyedStateInputs(), in -> restored.add(FingerprintSlot.read(in)));
        }
    }

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    /** Left to those who touch state. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void open() throws Exception {
        super.open();
        deduplication = new Deduplication(policy);
        state = new KnownAlertState(getKeyedStateStore());
        workingSet = new WorkingSet(generation);
        dueBySlice = new TreeMap<>();
        lastDue = new ArrayList<>();
        lastDueSlice = Long.MIN_VALUE;
        sliceTimers = getInternalTimerService(SLICE_TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        memoryTimers =
                getInternalTimerService(
                        MEMORY_TIMERS, VoidNamespaceSerializer.INSTANCE, new MemoryEnd());
        account =
                new DedupAccount(
                        detail(),
                        counters(),
                        notable ->
                                output.collect(
                                        new StreamRecord<>(
                                                notable, notable.alert().eventTimeMillis())),
                        this::emitFate);
        seen = new SeenAlerts();
        watermark = Long.MIN_VALUE;
        getMetricGroup().gauge("workingSet", () -> workingSet.size());
        for (FingerprintSlot slot : restored) {
            workingSet.add(slot, this::evict);
            slot.forEachPendingSlice(slice -> due(slice, slot));
        }
        restored = List.of();
    }

    @Override
    public void processElement(StreamRecord<AlertRun> element) throws Exception {
        AlertRun run = element.getValue();
        FingerprintSlot slot =
                slot(run.tenant(), run.fingerprint().high(), run.fingerprint().low());
        if (closesAt(run.sliceMillis()) <= watermark) {
            decide(slot, List.of(run));
        } else if (slot.add(run, this::merged)) {
            due(run.sliceMillis(), slot);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        lastDueSlice = Long.MIN_VALUE;
        while (!dueBySlice.isEmpty() && closesAt(dueBySlice.firstKey()) <= watermark) {
            for (FingerprintSlot slot : dueBySlice.pollFirstEntry().getValue()) {
                decideClosed(slot);
            }
        }
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(mark);
        }
        emitSeen();
        output.emitWatermark(mark);
    }

    @Override
    public void finish() throws Exception {
        emitSeen();
        super.finish();
    }

    private void emitSeen() {
        seen.drain(count -> output.collect(SEEN, new StreamRecord<>(count, count.f1)));
    }

    @Override
    public void onEventTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer)
            throws Exception {
        decideClosed(slotOf(timer));
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer) {
        throw new IllegalStateException("Deduplication knows event time alone");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        emitSeen();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<FingerprintSlot> newer = new ArrayList<>();
        workingSet.forEach(
                slot -> {
                    if (slot.needsStoring()) {
                        newer.add(slot);
                    }
                });
        KeyGroupSnapshot.write(
                newer,
                FingerprintSlot::key,
                FingerprintSlot::write,
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                context.getRawKeyedOperatorStateOutput());
    }

    /** Slots that are held here and not, or not as they are, in the state. */
    int unstored() throws Exception {
        int[] count = {0};
        workingSet.forEach(slot -> count[0] += slot.needsStoring() ? 1 : 0);
        return count[0];
    }

    private FingerprintSlot slotOf(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer)
            throws Exception {
        Tuple3<String, Long, Long> key = timer.getKey();
        return slot(key.f0, key.f1, key.f2);
    }

    private FingerprintSlot slot(String tenant, long high, long low) throws Exception {
        return workingSet.get(tenant, high, low, this::load, this::evict);
    }

    private FingerprintSlot load(Tuple3<String, Long, Long> key) throws Exception {
        if (!stored.mayHold(key)) {
            return new FingerprintSlot(key, Optional.empty(), List.of());
        }
        setCurrentKey(key);
        FingerprintSlot slot = new FingerprintSlot(key, state.known(), state.pending());
        slot.forEachPendingSlice(
                slice -> {
                    if (closesAt(slice) > watermark) {
                        due(slice, slot);
                    }
                });
        return slot;
    }

    private void due(long sliceMillis, FingerprintSlot slot) {
        if (sliceMillis != lastDueSlice) {
            lastDue = dueBySlice.computeIfAbsent(sliceMillis, s -> new ArrayList<>());
            lastDueSlice = sliceMillis;
        }
        lastDue.add(slot);
    }

    /**
     * A slot that leaves takes its pending runs along; their timers bring it back. Whatever still
     * holds it as due finds nothing.
     */
    private void evict(FingerprintSlot slot) throws Exception {
        store(slot);
        remind(slot);
        slot.leave();
    }

    private void store(FingerprintSlot slot) throws Exception {
        if (!slot.needsStoring()) {
            return;
        }
        setCurrentKey(slot.key());
        slot.store(state);
        stored.add(slot.key());
    }

    /** Pending runs are decided when their slice closes, wherever they are. */
    private void remind(FingerprintSlot slot) {
        if (!slot.hasPending()) {
            return;
        }
        setCurrentKey(slot.key());
        slot.forEachPendingSlice(
                slice ->
                        sliceTimers.registerEventTimeTimer(
                                VoidNamespace.INSTANCE, closesAt(slice)));
    }

    private void decideClosed(FingerprintSlot slot) throws IOException {
        List<AlertRun> due = slot.takeEarliest(watermark, this::closesAt);
        while (!due.isEmpty()) {
            decide(slot, due);
            due = slot.takeEarliest(watermark, this::closesAt);
        }
    }

    private void decide(FingerprintSlot slot, List<AlertRun> runs) throws IOException {
        Optional<KnownAlert> before = slot.known();
        DedupDecision decision = deduplication.decide(before, runs);
        slot.known(decision.known());
        if (before.isEmpty()) {
            setCurrentKey(slot.key());
            memoryTimers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, endOfMemory(decision.known()));
        }
        account.of(before, decision);
        if (policy.countsAlerts()) {
            seen.add(slot.key().f0, runs);
        }
    }

    private void merged(AlertRun one, AlertRun other, AlertRun merged) {
        account.merged(one, other, merged);
    }

    private long closesAt(long sliceMillis) {
        return policy.slices().lastOf(sliceMillis);
    }

    private long endOfMemory(KnownAlert known) {
        return closesAt(known.lastSeenMillis() + policy.memoryMillis());
    }

    /** One timer for each fingerprint that is known: it moves on until the memory has passed. */
    private final class MemoryEnd
            implements Triggerable<Tuple3<String, Long, Long>, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer)
                throws Exception {
            FingerprintSlot slot = slotOf(timer);
            decideClosed(slot);
            if (slot.known().isEmpty()) {
                return;
            }
            long end = endOfMemory(slot.known().get());
            if (end <= timer.getTimestamp()) {
                slot.forget();
                store(slot);
            } else {
                setCurrentKey(slot.key());
                memoryTimers.registerEventTimeTimer(VoidNamespace.INSTANCE, end);
            }
        }

        @Override
        public void onProcessingTime(
                InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer) {
            DeduplicateOperator.this.onProcessingTime(timer);
        }
    }
}
