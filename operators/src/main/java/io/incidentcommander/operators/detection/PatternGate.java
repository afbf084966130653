// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.HeldEvents;
import io.incidentcommander.operators.Generations;
import io.incidentcommander.operators.KeyGroupSnapshot;
import io.incidentcommander.operators.StoredKeys;
import io.incidentcommander.udfs.detection.Attempts;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * In front of a pattern, by its key: holds the events of {@link Attempts} until they are a match,
 * and then hands these over, all with the time of the last, which is the time at which the pattern
 * would have found it. What never becomes a match never reaches the pattern. Events are taken in
 * order of time as the watermark comes to them; those behind it go to {@link DetectPatterns#LATE}.
 *
 * <p>Works in memory on the keys that were touched last, in two generations of at most {@link
 * #GENERATION} keys beside those that wait for the watermark. What changed is written to state when
 * a key leaves, and at checkpoints beside the state ({@link KeyGroupSnapshot}).
 *
 * <p>State, by key: the events of its attempts, until the time of the pattern is over and at most a
 * minute longer; those that the watermark has not come to.
 */
public final class PatternGate<K> extends AbstractStreamOperator<DetectionEvent>
        implements OneInputStreamOperator<DetectionEvent, DetectionEvent>,
                Triggerable<K, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    static final int GENERATION = 8_192;
    static final String HELD = "held-events";

    private static final int STORED_KEYS = 1 << 16;

    private final PatternSpec spec;
    private final int generation;

    private transient StoredKeys stored;
    private transient ValueState<HeldEvents> held;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Generations<K, GateSlot<K>> slots;

    /** By event time, what the watermark has yet to come to. */
    private transient TreeMap<Long, List<GateSlot<K>>> waiting;

    public PatternGate(PatternSpec spec) {
        this(spec, GENERATION);
    }

    PatternGate(PatternSpec spec, int generation) {
        this.spec = spec;
        this.generation = generation;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stored = StoredKeys.of(STORED_KEYS, context.isRestored());
        slots = new Generations<>(generation, this::leaves);
        waiting = new TreeMap<>();
        if (context.isRestored()) {
            KeyGroupSnapshot.read(context.getRawKeyedStateInputs(), this::restore);
        }
    }

    private void restore(DataInputView in) throws IOException {
        GateSlot<K> slot = new GateSlot<>(keySerializer().deserialize(in), Attempts.at(spec));
        slot.readNewer(in);
        slot.awaited().forEach(time -> await(slot, time));
        slots.restore(slot.key(), slot);
    }

    private void write(GateSlot<K> slot, DataOutputView out) throws IOException {
        keySerializer().serialize(slot.key(), out);
        slot.writeNewer(out);
    }

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void open() throws Exception {
        super.open();
        held =
                getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        HELD, TypeInformation.of(HeldEvents.class)));
        timers = getInternalTimerService("held", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<DetectionEvent> element) throws Exception {
        DetectionEvent event = element.getValue();
        if (event.eventTimeMillis() <= timers.currentWatermark()) {
            output.collect(DetectPatterns.LATE, element);
            return;
        }
        GateSlot<K> slot = slot(currentKey());
        if (slot.await(event)) {
            await(slot, event.eventTimeMillis());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!waiting.isEmpty() && waiting.firstKey() <= mark.getTimestamp()) {
            Map.Entry<Long, List<GateSlot<K>>> those = waiting.pollFirstEntry();
            for (GateSlot<K> slot : those.getValue()) {
                advance(slot, those.getKey());
            }
        }
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            slots.forEach(slot -> store(slot, mark.getTimestamp()));
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<GateSlot<K>> newer = new ArrayList<>();
        slots.forEach(
                slot -> {
                    slot.attempts().forget(timers.currentWatermark());
                    if (slot.isChanged() && (slot.isStored() || !slot.isOver())) {
                        newer.add(slot);
                    }
                });
        KeyGroupSnapshot.write(
                newer,
                GateSlot::key,
                this::write,
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                context.getRawKeyedOperatorStateOutput());
    }

    /** Of a key whose events came before the last restore, or whose attempts may be over. */
    @Override
    public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        GateSlot<K> slot = slot(timer.getKey());
        advance(slot, timers.currentWatermark());
        slot.comeTo(timers.currentWatermark());
        if (slot.isOver()) {
            store(slot, timers.currentWatermark());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
        throw new IllegalStateException("Detection knows event time alone");
    }

    private void advance(GateSlot<K> slot, long watermark) {
        for (DetectionEvent event : slot.arrived(watermark)) {
            for (DetectionEvent part : slot.attempts().next(event)) {
                output.collect(new StreamRecord<>(part, event.eventTimeMillis()));
            }
        }
    }

    /** Of the current key; another may be current after it. */
    private GateSlot<K> slot(K key) throws Exception {
        GateSlot<K> slot = slots.find(key);
        if (slot == null) {
            slot = load(key);
            slots.add(key, slot);
        }
        return slot;
    }

    private GateSlot<K> load(K key) throws Exception {
        GateSlot<K> slot = new GateSlot<>(key, Attempts.at(spec));
        HeldEvents before = stored.mayHold(key) ? held.value() : null;
        if (before != null) {
            slot.restore(before);
            slot.awaited().forEach(time -> await(slot, time));
        }
        return slot;
    }

    private void await(GateSlot<K> slot, long time) {
        waiting.computeIfAbsent(time, t -> new ArrayList<>(1)).add(slot);
    }

    private boolean leaves(GateSlot<K> slot) throws Exception {
        if (slot.isWaiting()) {
            return false;
        }
        store(slot, timers.currentWatermark());
        return true;
    }

    /** Makes some other key current. */
    private void store(GateSlot<K> slot, long watermark) throws Exception {
        if (!slot.isChanged()) {
            return;
        }
        slot.attempts().forget(watermark);
        if (slot.isOver() && !slot.isStored()) {
            return;
        }
        setCurrentKey(slot.key());
        HeldEvents left =
                slot.toStore(
                        spec.within().toMillis(),
                        millis -> timers.registerEventTimeTimer(VoidNamespace.INSTANCE, millis));
        if (slot.isStored()) {
            held.update(left);
            stored.add(slot.key());
        } else {
            held.clear();
        }
    }

    @SuppressWarnings("unchecked")
    private TypeSerializer<K> keySerializer() {
        return (TypeSerializer<K>) getKeyedStateBackend().getKeySerializer();
    }

    @SuppressWarnings("unchecked")
    private K currentKey() {
        return (K) getCurrentKey();
    }
}
