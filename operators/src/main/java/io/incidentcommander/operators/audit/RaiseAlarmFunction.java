// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.udfs.audit.ChainAlarm;
import io.incidentcommander.udfs.audit.ChainPatrol;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by incident: the incident about its broken chain, as {@link ChainAlarm} tells it. State:
 * the last event of that; ends when the chain is whole again, at the latest when nobody has looked
 * any more for {@value ChainPatrol#LONGEST_DAYS} days.
 */
public final class RaiseAlarmFunction
        extends KeyedProcessFunction<String, ChainReport, IncidentEvent> {
    private static final long serialVersionUID = 1L;
    private static final long FORGET_MILLIS = TimeUnit.DAYS.toMillis(ChainPatrol.LONGEST_DAYS);
    private static final ValueStateDescriptor<IncidentEvent> TOLD =
            new ValueStateDescriptor<>("told-alarm", TypeInformation.of(IncidentEvent.class));

    private transient ValueState<IncidentEvent> told;

    @Override
    public void open(OpenContext context) {
        told = getRuntimeContext().getState(TOLD);
    }

    @Override
    public void processElement(ChainReport report, Context context, Collector<IncidentEvent> out)
            throws Exception {
        IncidentEvent last = told.value();
        Optional<IncidentEvent> news = ChainAlarm.after(Optional.ofNullable(last), report);
        if (news.isEmpty()) {
            return;
        }
        IncidentEvent event = news.get();
        if (last != null) {
            context.timerService().deleteEventTimeTimer(forgottenAt(last));
        }
        if (event.kind() == IncidentEventKind.CLOSED) {
            told.clear();
        } else {
            told.update(event);
            context.timerService().registerEventTimeTimer(forgottenAt(event));
        }
        out.collect(event);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<IncidentEvent> out) {
        told.clear();
    }

    private static long forgottenAt(IncidentEvent event) {
        return event.eventTimeMillis() + FORGET_MILLIS;
    }
}
