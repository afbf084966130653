// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets events pass once a checkpoint holds the state that they tell of. What the job forgets when
 * it goes back to its last checkpoint was never told: after a recovery inputs may meet in another
 * order, and what then happens is another history, which a store that never overwrites would have
 * to refuse. Without checkpoints everything passes at once; at the end of input what is left does.
 *
 * <p>State: what no completed checkpoint holds yet, {@value #MOST} events at most; should
 * checkpoints fail for that long, the oldest pass unheld and are counted.
 */
public final class CommittedEventsOperator extends AbstractStreamOperator<IncidentEvent>
        implements OneInputStreamOperator<IncidentEvent, IncidentEvent>, BoundedOneInput {
    /** Events held, at most. */
    public static final int MOST = 10_000;

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<IncidentEvent> HELD =
            new ListStateDescriptor<>(
                    "uncommitted-events", TypeInformation.of(IncidentEvent.class));

    private transient ListState<IncidentEvent> state;
    private transient List<IncidentEvent> arrived;
    private transient TreeMap<Long, List<IncidentEvent>> snapshots;
    private transient List<IncidentEvent> restored;
    private transient Counter unheld;
    private transient int held;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore().getListState(HELD);
        arrived = new ArrayList<>();
        snapshots = new TreeMap<>();
        restored = new ArrayList<>();
        if (context.isRestored()) {
            state.get().forEach(restored::add);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        unheld = getMetricGroup().addGroup("audit").counter("eventsUnheld");
        // What comes back was in a checkpoint that is complete.
        pass(restored);
    }

    @Override
    public void processElement(StreamRecord<IncidentEvent> element) {
        if (!getRuntimeContext().isCheckpointingEnabled()) {
            output.collect(element);
            return;
        }
        arrived.add(element.getValue());
        held++;
        if (held > MOST) {
            passOldest();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (!arrived.isEmpty()) {
            snapshots.put(context.getCheckpointId(), arrived);
            arrived = new ArrayList<>();
        }
        List<IncidentEvent> all = new ArrayList<>();
        snapshots.values().forEach(all::addAll);
        state.update(all);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Map<Long, List<IncidentEvent>> complete = snapshots.headMap(checkpointId, true);
        complete.values().forEach(this::passHeld);
        complete.clear();
    }

    @Override
    public void endInput() {
        snapshots.values().forEach(this::passHeld);
        snapshots.clear();
        passHeld(arrived);
        arrived = new ArrayList<>();
    }

    private void passOldest() {
        List<IncidentEvent> oldest =
                snapshots.isEmpty() ? arrived : snapshots.firstEntry().getValue();
        if (oldest.isEmpty()) {
            snapshots.pollFirstEntry();
            passOldest();
            return;
        }
        pass(List.of(oldest.remove(0)));
        held--;
        unheld.inc();
        LOG.warn("Checkpoints do not complete; events are told that may be forgotten");
    }

    private void passHeld(List<IncidentEvent> events) {
        pass(events);
        held -= events.size();
    }

    private void pass(List<IncidentEvent> events) {
        for (IncidentEvent event : events) {
            output.collect(new StreamRecord<>(event));
        }
    }
}
