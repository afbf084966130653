// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.communication.ChannelPace;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.udfs.communication.plan.ChannelPlanner;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import io.incidentcommander.udfs.communication.plan.Departure;
import io.incidentcommander.udfs.communication.plan.Dispatch;
import io.incidentcommander.udfs.communication.plan.NoticeOutcome;
import io.incidentcommander.udfs.communication.template.MessageTemplates;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by {@link io.incidentcommander.model.communication.Contact#channel}: plans what leaves over
 * one channel by {@link ChannelPlanner}. Processing time paces it and decides nothing else. Emits
 * messages for the outbox; what there was no room for leaves by the side, written out.
 */
public final class PlanChannelFunction
        extends KeyedProcessFunction<String, Notice, OutboundMessage> {
    public static final OutputTag<OutboundMessage> NO_ROOM =
            new OutputTag<>("messages-without-room", TypeInformation.of(OutboundMessage.class));

    private static final long serialVersionUID = 1L;
    private static final long HOUR = 3_600_000;

    private final ChannelRules rules;

    private transient ChannelPlanner planner;
    private transient ChannelPlanState state;
    private transient Map<NoticeOutcome, Counter> outcomes;
    private transient Counter messages;

    public PlanChannelFunction(ChannelRules rules) {
        this.rules = rules;
    }

    @Override
    public void open(OpenContext context) {
        planner = new ChannelPlanner(rules);
        state = new ChannelPlanState(getRuntimeContext());
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("communication");
        outcomes = new EnumMap<>(NoticeOutcome.class);
        for (NoticeOutcome outcome : NoticeOutcome.values()) {
            outcomes.put(
                    outcome, group.counter("notices_" + outcome.name().toLowerCase(Locale.ROOT)));
        }
        messages = group.counter("messages");
    }

    @Override
    public void processElement(Notice notice, Context context, Collector<OutboundMessage> out) {
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        NoticeOutcome outcome = planner.accept(state, notice, now);
        outcomes.get(outcome).inc();
        if (outcome == NoticeOutcome.NO_ROOM) {
            context.output(NO_ROOM, MessageTemplates.write(Departure.alone(notice, now), now));
        }
        planner.wakeUpFor(state, notice, now).ifPresent(at -> wakeUp(at, timers));
        if (state.pace().sweepAt() == ChannelPace.NONE) {
            sweepAt(now + HOUR, timers);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<OutboundMessage> out) {
        TimerService timers = context.timerService();
        long now = Math.max(time, timers.currentProcessingTime());
        if (time >= state.pace().wakeUpAt()) {
            state.put(state.pace().wakeUpAt(ChannelPace.NONE));
            Dispatch dispatch = planner.dispatch(state, now);
            for (Departure departure : dispatch.departures()) {
                out.collect(MessageTemplates.write(departure, now));
                messages.inc();
            }
            dispatch.wakeUpAt().ifPresent(at -> wakeUp(at, timers));
        }
        if (time >= state.pace().sweepAt()) {
            if (planner.sweep(state, now)) {
                sweepAt(now + HOUR, timers);
            } else {
                state.clear();
            }
        }
    }

    /** One timer at most, the earliest. */
    private void wakeUp(long at, TimerService timers) {
        long set = state.pace().wakeUpAt();
        if (at < set) {
            if (set != ChannelPace.NONE && set != state.pace().sweepAt()) {
                timers.deleteProcessingTimeTimer(set);
            }
            timers.registerProcessingTimeTimer(at);
            state.put(state.pace().wakeUpAt(at));
        }
    }

    private void sweepAt(long at, TimerService timers) {
        timers.registerProcessingTimeTimer(at);
        state.put(state.pace().sweepAt(at));
    }
}
