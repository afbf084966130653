// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.operators.correlation.control.ControlState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@link AskForDiagnosisFunction} with a second input, broadcast: who calls whom changes while it
 * runs, each time from its own event time on.
 */
public final class AskForDiagnosisUnderControlFunction
        extends KeyedCoProcessFunction<String, CaseClue, ControlUpdate, DiagnosisRequest>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final AskingPolicy policy;

    private transient ControlState control;
    private transient CaseDesk desk;

    public AskForDiagnosisUnderControlFunction(AskingPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        control = ControlState.restore(context.getOperatorStateStore(), policy.control());
    }

    @Override
    public void open(OpenContext context) {
        desk = new CaseDesk(policy, control.book(), getRuntimeContext());
    }

    @Override
    public void processElement1(CaseClue clue, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        control.advance(context.timerService().currentWatermark());
        desk.hear(clue, context.timerService());
    }

    @Override
    public void processElement2(
            ControlUpdate update, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        if (update.kind() == ControlKind.DOCUMENT) {
            control.accept(update, context.timerService().currentWatermark());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<DiagnosisRequest> out)
            throws Exception {
        desk.due(time, context.timerService(), out);
    }

    /** The updates are broadcast state, written as they come. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
