// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.correlation.control.ControlState;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * {@link BuiltInAgentsFunction} with a second input, broadcast: who calls whom changes while it
 * runs, each time from its own event time on. News and requests share the first input, since an
 * operator has two.
 */
public final class BuiltInAgentsUnderControlFunction
        extends KeyedCoProcessFunction<
                String, Either<CaseNews, RoundRequest>, ControlUpdate, SignedRecommendation>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final BuiltInAgentsSetup setup;

    private transient ControlState control;
    private transient AgentDesk desk;

    public BuiltInAgentsUnderControlFunction(BuiltInAgentsSetup setup) {
        this.setup = setup;
    }

    /** The tenant. */
    public static String key(Either<CaseNews, RoundRequest> heard) {
        return heard.isLeft() ? heard.left().tenant() : heard.right().terms().tenant();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        control = ControlState.restore(context.getOperatorStateStore(), setup.control());
    }

    @Override
    public void open(OpenContext context) throws IOException {
        desk = new AgentDesk(setup, control.book(), getRuntimeContext());
    }

    @Override
    public void processElement1(
            Either<CaseNews, RoundRequest> heard,
            Context context,
            Collector<SignedRecommendation> out)
            throws Exception {
        control.advance(context.timerService().currentWatermark());
        if (heard.isLeft()) {
            desk.hear(heard.left(), context.timerService(), out);
        } else {
            desk.ask(heard.right(), context.timerService(), out);
        }
    }

    @Override
    public void processElement2(
            ControlUpdate update, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        if (update.kind() == ControlKind.DOCUMENT) {
            control.accept(update, context.timerService().currentWatermark());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<SignedRecommendation> out)
            throws Exception {
        desk.due(time, out);
    }

    /** The updates are broadcast state, written as they come. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
