// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.correlation.control.ControlState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@link RouteNoticesFunction} with a second input, broadcast: routes and owners change while it
 * runs, each from its own event time on. What was set out before goes on: whoever was told hears
 * the rest. Of silences and windows nothing is kept here.
 */
public final class RouteNoticesUnderControlFunction
        extends KeyedCoProcessFunction<String, IncidentNews, ControlUpdate, Notice>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final RoutingRules rules;

    private transient ControlState control;
    private transient NoticeDesk desk;

    public RouteNoticesUnderControlFunction(RoutingRules rules) {
        this.rules = rules;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        control = ControlState.restore(context.getOperatorStateStore(), rules.control());
    }

    @Override
    public void open(OpenContext context) {
        desk = new NoticeDesk(rules.router(control.book()), getRuntimeContext());
    }

    @Override
    public void processElement1(IncidentNews news, Context context, Collector<Notice> out)
            throws Exception {
        control.advance(context.timerService().currentWatermark());
        desk.hear(news, context.timerService(), out);
    }

    @Override
    public void processElement2(ControlUpdate update, Context context, Collector<Notice> out)
            throws Exception {
        if (update.kind() == ControlKind.DOCUMENT) {
            control.accept(update, context.timerService().currentWatermark());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Notice> out) throws Exception {
        desk.due(time, context.timerService(), out);
    }

    /** The updates are broadcast state, written as they come. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
