// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * {@link LifecycleFunction} with a second input, broadcast: catalogues change while it runs, each
 * from its own event time on. Facts and decisions share the first input, since an operator has two.
 */
public final class LifecycleUnderControlFunction
        extends KeyedCoProcessFunction<
                String, Either<LifecycleFact, Decision>, ControlUpdate, IncidentEvent>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final LifecyclePolicy policy;
    private final TierCost cost;
    private final ControlSettings settings;
    private final RunbookCatalogue runbooks;

    private transient ControlState control;
    private transient CourseKeeper keeper;

    /**
     * @param settings with the catalogue of each tenant at the start
     */
    public LifecycleUnderControlFunction(
            LifecyclePolicy policy,
            TierCost cost,
            ControlSettings settings,
            RunbookCatalogue runbooks) {
        this.policy = policy;
        this.cost = cost;
        this.settings = settings;
        this.runbooks = runbooks;
    }

    /** As {@link LifecycleFunction#key}. */
    public static String key(Either<LifecycleFact, Decision> heard) {
        return heard.isLeft()
                ? LifecycleFunction.key(heard.left().tenant(), heard.left().incidentId())
                : LifecycleFunction.key(heard.right().tenant(), heard.right().incidentId());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        control = ControlState.restore(context.getOperatorStateStore(), settings);
    }

    @Override
    public void open(OpenContext context) {
        keeper = new CourseKeeper(policy, cost, control.book(), runbooks, getRuntimeContext());
    }

    @Override
    public void processElement1(
            Either<LifecycleFact, Decision> heard, Context context, Collector<IncidentEvent> out)
            throws Exception {
        control.advance(context.timerService().currentWatermark());
        if (heard.isLeft()) {
            keeper.hear(heard.left(), context.timerService(), context::output, out);
        } else {
            keeper.hear(heard.right(), context.timerService(), context::output, out);
        }
    }

    @Override
    public void processElement2(ControlUpdate update, Context context, Collector<IncidentEvent> out)
            throws Exception {
        if (update.kind() == ControlKind.DOCUMENT) {
            control.accept(update, context.timerService().currentWatermark());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<IncidentEvent> out)
            throws IOException {
        keeper.due(time, context.timerService(), context::output, out);
    }

    /** The updates are broadcast state, written as they come. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
