// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling.flapping;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.sampling.FlapHistory;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Generations;
import io.incidentcommander.operators.KeyGroupSnapshot;
import io.incidentcommander.operators.StoredKeys;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.sampling.flapping.FlapDecision;
import io.incidentcommander.udfs.sampling.flapping.FlapDetection;
import io.incidentcommander.udfs.sampling.flapping.FlapPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.DataInputView;
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

/**
 * Keyed by (tenant, fingerprint): runs {@link FlapDetection}. Works in memory on the alerts that
 * were touched last, in two generations of at most {@link #GENERATION}; what leaves is written to
 * state with a timer, and at a checkpoint what is in memory is written beside the state ({@link
 * KeyGroupSnapshot}).
 *
 * <p>State: one history of each alert that changed within the window, or, where alerts may wait,
 * within a day; ended by a timer. No TTL.
 *
 * <p>Flink's current key is set only where state or timers are touched, as in deduplication.
 */
public final class FlapOperator extends LedgeredOperator<NotableAlert>
        implements OneInputStreamOperator<NotableAlert, NotableAlert>,
                Triggerable<Tuple3<String, Long, Long>, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    public static final ValueStateDescriptor<FlapHistory> DESCRIPTOR =
            new ValueStateDescriptor<>("flap-history", FlapHistory.class);

    static final int GENERATION = 32_768;

    private static final int STORED_KEYS = 1 << 18;

    private final FlapPolicy policy;
    private final int generation;

    private transient FlapDetection detection;
    private transient StoredKeys stored;
    private transient Generations<Tuple3<String, Long, Long>, FlapSlot> slots;

    /** By the time at which they are looked at next: all that are in memory, and no other. */
    private transient TreeMap<Long, Set<FlapSlot>> due;

    private transient ValueState<FlapHistory> state;
    private transient InternalTimerService<VoidNamespace> timers;

    public FlapOperator(FlapPolicy policy, FateDetail detail) {
        this(policy, detail, GENERATION);
    }

    FlapOperator(FlapPolicy policy, FateDetail detail, int generation) {
        super("sampling", detail);
        this.policy = policy;
        this.generation = generation;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        detection = new FlapDetection(policy);
        stored = StoredKeys.of(STORED_KEYS, context.isRestored());
        slots = new Generations<>(generation, this::leaves);
        due = new TreeMap<>();
        if (context.isRestored()) {
            KeyGroupSnapshot.read(context.getRawKeyedStateInputs(), this::restore);
        }
    }

    private void restore(DataInputView in) throws IOException {
        FlapSlot slot = FlapSlot.read(in);
        slots.restore(slot.key(), slot);
        awaitRestored(slot);
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
        state =
                getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        DESCRIPTOR.getName(), FlapHistory.class));
        timers = getInternalTimerService("flapping", VoidNamespaceSerializer.INSTANCE, this);
        getMetricGroup().gauge("workingSet", () -> slots.size());
    }

    @Override
    public void processElement(StreamRecord<NotableAlert> element) throws Exception {
        if (policy.isOff()) {
            output.collect(element);
            return;
        }
        NotableAlert alert = element.getValue();
        FlapSlot slot = slot(AlertKey.FINGERPRINT_OF_NOTABLE.getKey(alert));
        FlapHistory settled = settled(slot.history(), alert.alert().eventTimeMillis());
        FlapDecision decision = detection.decide(settled, alert);
        carryOut(decision);
        keep(slot, decision.history(), timers.currentWatermark());
    }

    /**
     * What was due before the alert happened is done first, also if the watermark, which may leap,
     * has not come to it yet.
     */
    private FlapHistory settled(FlapHistory before, long timeMillis) {
        FlapHistory history = before;
        while (history.isFlapping() || history.waiting().isPresent()) {
            Optional<Long> next = detection.dueAt(history, Long.MIN_VALUE);
            if (next.isEmpty() || next.get() >= timeMillis) {
                break;
            }
            FlapDecision decision = detection.due(history, next.get());
            carryOut(decision);
            if (decision.history().equals(history)) {
                break;
            }
            history = decision.history();
        }
        return history;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!due.isEmpty() && due.firstKey() <= mark.getTimestamp()) {
            Map.Entry<Long, Set<FlapSlot>> those = due.pollFirstEntry();
            for (FlapSlot slot : those.getValue()) {
                settle(slot, those.getKey());
            }
        }
        super.processWatermark(mark);
    }

    /** Of an alert that had left; it may be here again. */
    @Override
    public void onEventTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer)
            throws Exception {
        FlapSlot slot = slot(timer.getKey());
        if (isHeld(slot)) {
            settle(slot, timer.getTimestamp());
        }
        while (slot.dueMillis() != FlapSlot.NEVER
                && slot.dueMillis() <= timers.currentWatermark()) {
            settle(slot, slot.dueMillis());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer) {
        throw new IllegalStateException("Flapping knows event time alone");
    }

    private void settle(FlapSlot slot, long now) throws Exception {
        awaitNothing(slot);
        FlapDecision decision = detection.due(slot.history(), now);
        carryOut(decision);
        keep(slot, decision.history(), now);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<FlapSlot> newer = new ArrayList<>();
        slots.forEach(
                slot -> {
                    if (slot.isNewer()) {
                        newer.add(slot);
                    }
                });
        KeyGroupSnapshot.write(
                newer,
                FlapSlot::key,
                FlapSlot::write,
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                context.getRawKeyedOperatorStateOutput());
    }

    /** Not in memory unless something is, or was, remembered of the alert. */
    private FlapSlot slot(Tuple3<String, Long, Long> key) throws Exception {
        FlapSlot slot = slots.find(key);
        if (slot != null) {
            return slot;
        }
        if (!stored.mayHold(key)) {
            return FlapSlot.ofNothing(key);
        }
        setCurrentKey(key);
        FlapHistory before = state.value();
        if (before == null) {
            return FlapSlot.ofNothing(key);
        }
        slot = FlapSlot.ofStored(key, before);
        slots.add(key, slot);
        awaitRestored(slot);
        return slot;
    }

    private void keep(FlapSlot slot, FlapHistory history, long now) throws Exception {
        Optional<Long> next =
                isWorthKeeping(history) ? detection.dueAt(history, now) : Optional.empty();
        boolean isHeld = isHeld(slot);
        if (next.isEmpty()) {
            if (isHeld) {
                forget(slot);
            }
            return;
        }
        slot.history(history);
        if (!isHeld) {
            slots.add(slot.key(), slot);
        }
        await(slot, next.get());
    }

    private static boolean isHeld(FlapSlot slot) {
        return slot.isStored() || slot.isNewer();
    }

    private void forget(FlapSlot slot) {
        slots.remove(slot.key());
        awaitNothing(slot);
        if (slot.isStored()) {
            setCurrentKey(slot.key());
            state.clear();
        }
    }

    /** At once if there is nothing to remember by the policy of today. */
    private void awaitRestored(FlapSlot slot) {
        await(slot, detection.dueAt(slot.history(), Long.MIN_VALUE).orElse(0L));
    }

    /** What is due already moves on by itself, but not back. */
    private void await(FlapSlot slot, long millis) {
        if (millis < slot.dueMillis()) {
            awaitNothing(slot);
            slot.due(millis);
            due.computeIfAbsent(millis, time -> new LinkedHashSet<>(2)).add(slot);
        }
    }

    private void awaitNothing(FlapSlot slot) {
        Set<FlapSlot> those = due.get(slot.dueMillis());
        if (those != null && those.remove(slot) && those.isEmpty()) {
            due.remove(slot.dueMillis());
        }
        slot.due(FlapSlot.NEVER);
    }

    /** How many are looked at again by themselves. */
    int awaited() {
        return due.values().stream().mapToInt(Set::size).sum();
    }

    private boolean leaves(FlapSlot slot) throws Exception {
        setCurrentKey(slot.key());
        if (slot.isNewer()) {
            state.update(slot.history());
            stored.add(slot.key());
            slot.stored();
        }
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, slot.dueMillis());
        awaitNothing(slot);
        return true;
    }

    private boolean isWorthKeeping(FlapHistory history) {
        return history.changes().length > 0 || history.waiting().isPresent() || policy.pauses();
    }

    private void carryOut(FlapDecision decision) {
        for (NotableAlert repeat : decision.dropped()) {
            counters().add(repeat.alert().id().source(), Disposition.DUPLICATE, 1);
            AlertFate fate =
                    AlertFate.of(repeat.alert(), Disposition.DUPLICATE, stage(), decision.reason());
            emitFate(decision.representative().map(fate::representedBy).orElse(fate));
        }
        for (NotableAlert alert : decision.passed()) {
            output.collect(new StreamRecord<>(alert, alert.alert().eventTimeMillis()));
        }
    }
}
