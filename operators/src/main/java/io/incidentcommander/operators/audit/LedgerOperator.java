// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.LedgerDelta;
import io.incidentcommander.model.audit.RecordOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums all deltas and publishes the sum as it was at each completed checkpoint, and at the end of
 * input. Runs with parallelism 1 and aligned checkpoints: with unaligned ones deltas would be in
 * flight. State: one {@link Ledger}, bounded by the number of sources.
 */
public final class LedgerOperator extends AbstractStreamOperator<Ledger>
        implements OneInputStreamOperator<LedgerDelta, Ledger> {
    private static final long serialVersionUID = 1L;

    /** Name of the only state; part of every savepoint. */
    public static final String STATE_NAME = "ledger";

    private transient ListState<Ledger> state;
    private transient TreeMap<Long, Ledger> uncommitted;
    private transient Set<String> metered;
    private transient Ledger ledger;
    private transient Ledger published;
    private transient boolean ended;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>(STATE_NAME, Ledger.class));
        ledger = Ledger.empty();
        for (Ledger restored : state.get()) {
            ledger = restored;
        }
        published = ledger;
        uncommitted = new TreeMap<>();
        metered = new HashSet<>();
    }

    @Override
    public void processElement(StreamRecord<LedgerDelta> element) {
        ledger = ledger.plus(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.of(ledger));
        uncommitted.put(context.getCheckpointId(), ledger);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Ledger complete = uncommitted.get(checkpointId);
        uncommitted.headMap(checkpointId, true).clear();
        // A checkpoint from before the end may complete after it, and would take the last word.
        if (complete != null && !ended) {
            publish(complete);
        }
    }

    @Override
    public void finish() throws Exception {
        ended = true;
        publish(ledger);
        super.finish();
    }

    private void publish(Ledger exact) {
        published = exact;
        exact.counts().keySet().forEach(this::meter);
        output.collect(new StreamRecord<>(exact));
    }

    private void meter(String source) {
        if (!metered.add(source)) {
            return;
        }
        MetricGroup group = getMetricGroup().addGroup("ledger").addGroup("source", source);
        group.gauge("in", () -> published.counts().get(source).recordsIn());
        for (RecordOutcome outcome : RecordOutcome.values()) {
            group.gauge(outcome.word(), () -> published.counts().get(source).records(outcome));
        }
        group.gauge("alerts", () -> published.counts().get(source).alerts());
        for (Disposition disposition : Disposition.values()) {
            group.gauge(
                    disposition.word(), () -> published.counts().get(source).alerts(disposition));
        }
    }
}
