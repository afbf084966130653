// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.LedgerCounters;
import io.incidentcommander.model.audit.LedgerDelta;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * An operator that accounts for alerts. What it counts leaves as a {@link LedgerDelta} right before
 * each checkpoint barrier and at the end of input, so the counters are empty whenever state is
 * taken: the sum of all deltas before a barrier is exact at that checkpoint, and there is no
 * counter to restore or to redistribute.
 *
 * @param <OUT> main output
 */
public abstract class LedgeredOperator<OUT> extends AbstractStreamOperator<OUT> {
    private static final long serialVersionUID = 1L;

    /** Deltas of all operators, for {@link LedgerOperator}. */
    public static final OutputTag<LedgerDelta> LEDGER =
            new OutputTag<LedgerDelta>("ledger") {
                private static final long serialVersionUID = 1L;
            };

    /** What became of single alerts, as {@link FateDetail} has it. */
    public static final OutputTag<AlertFate> FATES =
            new OutputTag<AlertFate>("fates") {
                private static final long serialVersionUID = 1L;
            };

    private final String stage;
    private final FateDetail detail;
    private transient LedgerCounters counters;

    /**
     * @param stage the word of the stage
     */
    protected LedgeredOperator(String stage, FateDetail detail) {
        this.stage = stage;
        this.detail = detail;
        // An operator of one's own begins a chain unless it says otherwise; that costs a thread and
        // a serialisation for each record.
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        counters = new LedgerCounters(stage);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        emitCounts();
    }

    @Override
    public void finish() throws Exception {
        emitCounts();
        super.finish();
    }

    protected final LedgerCounters counters() {
        return counters;
    }

    protected final String stage() {
        return stage;
    }

    protected final FateDetail detail() {
        return detail;
    }

    /** Whatever the detail asks for. */
    protected final void emitFate(AlertFate fate) {
        output.collect(FATES, new StreamRecord<>(fate));
    }

    private void emitCounts() {
        if (!counters.isEmpty()) {
            output.collect(LEDGER, new StreamRecord<>(counters.drain()));
        }
    }
}
