// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.lifecycle.ActionOutcomes;
import io.incidentcommander.udfs.lifecycle.DecisionVerdict;
import io.incidentcommander.udfs.lifecycle.Lifecycle;
import io.incidentcommander.udfs.lifecycle.LifecycleDesk;
import io.incidentcommander.udfs.lifecycle.LifecycleFile;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.LifecycleTurn;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by {@link #key tenant and incident}: the one state machine of each incident, and the owner
 * of its chain of events. Deadlines are timers by event time; that all input ends is not time that
 * passes, so nothing is met then. Facts without a time happen when they are heard. Emits every
 * change as an event; by the side orders to act, how actions turned out, and questions to the
 * agents.
 */
public final class LifecycleFunction
        extends KeyedCoProcessFunction<String, LifecycleFact, Decision, IncidentEvent> {
    public static final OutputTag<ActionOrder> ORDERS =
            new OutputTag<>("action-orders", TypeInformation.of(ActionOrder.class));
    public static final OutputTag<Question> QUESTIONS =
            new OutputTag<>("questions", TypeInformation.of(Question.class));

    /** How actions turned out. */
    public static final OutputTag<VerifiedOutcome> OUTCOMES =
            new OutputTag<>("action-outcomes", TypeInformation.of(VerifiedOutcome.class));

    /** How decisions turned out: by the attempts of questions, where OUTCOMES are by actions. */
    public static final OutputTag<VerifiedOutcome> VERDICTS =
            new OutputTag<>("decision-verdicts", TypeInformation.of(VerifiedOutcome.class));

    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<ActionOrder> ACTING =
            new ValueStateDescriptor<>("acting", TypeInformation.of(ActionOrder.class));

    private final LifecyclePolicy policy;
    private final TierCost cost;
    private final RunbookCatalogue catalogue;

    private transient LifecycleDesk desk;
    private transient LifecycleState state;
    private transient ValueState<ActionOrder> acting;
    private transient Counter events;
    private transient Counter refused;

    public LifecycleFunction(LifecyclePolicy policy, TierCost cost, RunbookCatalogue catalogue) {
        this.policy = policy;
        this.cost = cost;
        this.catalogue = catalogue;
    }

    /** What everything about one incident shares. */
    public static String key(String tenant, String incidentId) {
        return tenant + '\n' + incidentId;
    }

    @Override
    public void open(OpenContext context) {
        desk = new LifecycleDesk(new Lifecycle(policy, cost), catalogue);
        state = new LifecycleState(getRuntimeContext());
        acting = getRuntimeContext().getState(ACTING);
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("lifecycle");
        events = group.counter("events");
        refused = group.counter("refused");
    }

    @Override
    public void processElement1(LifecycleFact fact, Context context, Collector<IncidentEvent> out)
            throws Exception {
        LifecycleFact timed =
                fact.timeMillis() == LifecycleFact.NO_TIME
                        ? fact.at(heardAt(context.timerService()))
                        : fact;
        LifecycleFile file = state.file();
        LifecycleTurn turn = desk.take(file, timed);
        judge(file, Optional.of(timed.signal()), turn, context);
        follow(file, Optional.of(timed.signal()), Optional.empty(), turn, context);
        conclude(file, turn, context, out);
    }

    @Override
    public void processElement2(Decision decision, Context context, Collector<IncidentEvent> out)
            throws Exception {
        LifecycleFile file = state.file();
        LifecycleTurn turn = desk.take(file, decision);
        judge(file, Optional.empty(), turn, context);
        follow(file, Optional.empty(), Optional.of(decision), turn, context);
        conclude(file, turn, context, out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<IncidentEvent> out)
            throws Exception {
        LifecycleFile file = state.file();
        if (file.course().isEmpty() || hasEnded(context.timerService())) {
            return;
        }
        IncidentCourse course = file.course().get();
        LifecycleFact deadline =
                LifecycleFact.of(
                        course.incident().tenant(),
                        course.incident().incidentId(),
                        LifecycleSignal.DEADLINE,
                        time,
                        LifecycleFact.ANY_ATTEMPT,
                        "lifecycle",
                        "");
        LifecycleTurn turn = desk.take(file, deadline);
        judge(file, Optional.of(LifecycleSignal.DEADLINE), turn, context);
        follow(file, Optional.of(LifecycleSignal.DEADLINE), Optional.empty(), turn, context);
        conclude(file, turn, context, out);
    }

    private void judge(
            LifecycleFile before,
            Optional<LifecycleSignal> signal,
            LifecycleTurn turn,
            Context context)
            throws IOException {
        Optional<ActionOrder> known = Optional.ofNullable(acting.value());
        ActionOutcomes now = ActionOutcomes.after(known, before.course(), signal, turn, policy);
        now.outcome().ifPresent(outcome -> context.output(OUTCOMES, outcome));
        now.rollback().ifPresent(order -> context.output(ORDERS, order));
        if (!now.acting().equals(known)) {
            acting.update(now.acting().orElse(null));
        }
    }

    private void follow(
            LifecycleFile before,
            Optional<LifecycleSignal> signal,
            Optional<Decision> made,
            LifecycleTurn turn,
            Context context)
            throws IOException {
        Optional<VerifiedOutcome> known = state.followed();
        DecisionVerdict verdict = DecisionVerdict.of(before, turn, signal, made, known, policy);
        verdict.outcomes().forEach(outcome -> context.output(VERDICTS, outcome));
        if (!verdict.followed().equals(known)) {
            state.follow(verdict.followed());
        }
    }

    private void conclude(
            LifecycleFile before, LifecycleTurn turn, Context context, Collector<IncidentEvent> out)
            throws IOException {
        state.put(turn.file());
        turn.events().forEach(out::collect);
        turn.orders().forEach(order -> context.output(ORDERS, order));
        turn.question().ifPresent(question -> context.output(QUESTIONS, question));
        events.inc(turn.events().size());
        refused.inc(turn.refusal().isPresent() ? 1 : 0);
        TimerService timers = context.timerService();
        Optional<Long> then = before.course().map(IncidentCourse::deadlineMillis);
        Optional<Long> now = turn.file().course().map(IncidentCourse::deadlineMillis);
        if (!then.equals(now)) {
            then.ifPresent(timers::deleteEventTimeTimer);
            now.ifPresent(timers::registerEventTimeTimer);
        }
    }

    /** Event time now; nothing before the course's own time, where there is none. */
    private static long heardAt(TimerService timers) {
        return hasEnded(timers) ? Long.MIN_VALUE + 1 : timers.currentWatermark();
    }

    private static boolean hasEnded(TimerService timers) {
        return timers.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp();
    }
}
