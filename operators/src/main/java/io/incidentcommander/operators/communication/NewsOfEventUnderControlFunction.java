// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.communication.story.NewsOf;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * {@link NewsOfEventFunction} with a second input, broadcast: what the catalogue knows changes
 * while it runs, each time from its own event time on, and changes of services are told as they are
 * made.
 */
public final class NewsOfEventUnderControlFunction
        extends CoProcessFunction<IncidentEvent, ControlUpdate, IncidentNews>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final ControlSettings settings;

    private transient ControlState control;

    public NewsOfEventUnderControlFunction(ControlSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        control = ControlState.restore(context.getOperatorStateStore(), settings);
    }

    @Override
    public void processElement1(IncidentEvent event, Context context, Collector<IncidentNews> out)
            throws Exception {
        control.advance(context.timerService().currentWatermark());
        out.collect(NewsOf.event(event, control.book()));
    }

    @Override
    public void processElement2(ControlUpdate update, Context context, Collector<IncidentNews> out)
            throws Exception {
        if (update.kind() == ControlKind.DOCUMENT || update.kind() == ControlKind.CHANGE) {
            control.accept(update, context.timerService().currentWatermark());
        }
    }

    /** The updates are broadcast state, written as they come. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
