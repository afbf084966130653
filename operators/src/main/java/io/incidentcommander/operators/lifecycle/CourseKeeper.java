// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.lifecycle.ActionOutcomes;
import io.incidentcommander.udfs.lifecycle.DecisionVerdict;
import io.incidentcommander.udfs.lifecycle.HumanCommands;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import io.incidentcommander.udfs.lifecycle.Lifecycle;
import io.incidentcommander.udfs.lifecycle.LifecycleDesk;
import io.incidentcommander.udfs.lifecycle.LifecycleFile;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.LifecycleRefusal;
import io.incidentcommander.udfs.lifecycle.LifecycleTurn;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operators that keep the courses of incidents have in common: what is heard goes to the
 * {@link LifecycleDesk}, and what comes of it to state, timers and outputs. In the task's thread,
 * under the current key.
 */
final class CourseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CourseKeeper.class);
    private static final ValueStateDescriptor<ActionOrder> ACTING =
            new ValueStateDescriptor<>("acting", TypeInformation.of(ActionOrder.class));

    private final LifecyclePolicy policy;
    private final LifecycleDesk desk;
    private final LifecycleState state;
    private final ValueState<ActionOrder> acting;
    private final Counter events;
    private final Counter refused;

    /**
     * @param catalogues that incidents are priced by, each at its time
     */
    CourseKeeper(
            LifecyclePolicy policy,
            TierCost cost,
            Catalogues catalogues,
            RunbookCatalogue runbooks,
            RuntimeContext context) {
        this.policy = policy;
        this.desk =
                new LifecycleDesk(
                        new Lifecycle(policy, new IncidentCost(cost, catalogues)), runbooks);
        this.state = new LifecycleState(context);
        this.acting = context.getState(ACTING);
        MetricGroup group = context.getMetricGroup().addGroup("lifecycle");
        this.events = group.counter("events");
        this.refused = group.counter("refused");
    }

    void hear(LifecycleFact fact, TimerService timers, Sides sides, Collector<IncidentEvent> out)
            throws IOException {
        LifecycleFact timed =
                fact.timeMillis() == LifecycleFact.NO_TIME ? fact.at(heardAt(timers)) : fact;
        LifecycleFile file = state.file();
        LifecycleTurn turn = desk.take(file, timed);
        judge(file, Optional.of(timed.signal()), turn, sides);
        follow(file, Optional.of(timed.signal()), Optional.empty(), turn, sides);
        conclude(file, turn, timers, sides, out);
        answer(timed, turn, sides);
    }

    void hear(Decision decision, TimerService timers, Sides sides, Collector<IncidentEvent> out)
            throws IOException {
        LifecycleFile file = state.file();
        LifecycleTurn turn = desk.take(file, decision);
        judge(file, Optional.empty(), turn, sides);
        follow(file, Optional.empty(), Optional.of(decision), turn, sides);
        conclude(file, turn, timers, sides, out);
    }

    /** That all input ends is not time that passes, so nothing is met then. */
    void due(long time, TimerService timers, Sides sides, Collector<IncidentEvent> out)
            throws IOException {
        LifecycleFile file = state.file();
        if (file.course().isEmpty() || hasEnded(timers)) {
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
        judge(file, Optional.of(LifecycleSignal.DEADLINE), turn, sides);
        follow(file, Optional.of(LifecycleSignal.DEADLINE), Optional.empty(), turn, sides);
        conclude(file, turn, timers, sides, out);
    }

    /** Whoever says something to an incident hears what became of it. */
    private static void answer(LifecycleFact said, LifecycleTurn turn, Sides sides) {
        HumanCommands.word(said.signal())
                .map(word -> report(word, said, turn))
                .ifPresent(
                        report -> {
                            if (report.outcome() == ControlReport.Outcome.REFUSED) {
                                LOG.warn("{}", report);
                            }
                            sides.output(LifecycleFunction.ANSWERS, report);
                        });
    }

    private static ControlReport report(String word, LifecycleFact said, LifecycleTurn turn) {
        return new ControlReport(
                word + " to " + said.incidentId() + " of tenant " + said.tenant(),
                said.who(),
                turn.refusal().map(LifecycleRefusal::outcome).orElse(ControlReport.Outcome.APPLIED),
                turn.refusal()
                        .map(LifecycleRefusal::why)
                        .orElseGet(
                                () -> "it is " + turn.file().course().orElseThrow().state().word()),
                said.timeMillis());
    }

    private void judge(
            LifecycleFile before, Optional<LifecycleSignal> signal, LifecycleTurn turn, Sides sides)
            throws IOException {
        Optional<ActionOrder> known = Optional.ofNullable(acting.value());
        ActionOutcomes now = ActionOutcomes.after(known, before.course(), signal, turn, policy);
        now.outcome().ifPresent(outcome -> sides.output(LifecycleFunction.OUTCOMES, outcome));
        now.rollback().ifPresent(order -> sides.output(LifecycleFunction.ORDERS, order));
        if (!now.acting().equals(known)) {
            acting.update(now.acting().orElse(null));
        }
    }

    private void follow(
            LifecycleFile before,
            Optional<LifecycleSignal> signal,
            Optional<Decision> made,
            LifecycleTurn turn,
            Sides sides)
            throws IOException {
        Optional<VerifiedOutcome> known = state.followed();
        DecisionVerdict verdict = DecisionVerdict.of(before, turn, signal, made, known, policy);
        verdict.outcomes().forEach(outcome -> sides.output(LifecycleFunction.VERDICTS, outcome));
        if (!verdict.followed().equals(known)) {
            state.follow(verdict.followed());
        }
    }

    private void conclude(
            LifecycleFile before,
            LifecycleTurn turn,
            TimerService timers,
            Sides sides,
            Collector<IncidentEvent> out)
            throws IOException {
        state.put(turn.file());
        turn.events().forEach(out::collect);
        turn.orders().forEach(order -> sides.output(LifecycleFunction.ORDERS, order));
        turn.question().ifPresent(question -> sides.output(LifecycleFunction.QUESTIONS, question));
        events.inc(turn.events().size());
        refused.inc(turn.refusal().isPresent() ? 1 : 0);
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

    /** The side outputs of whoever asks. */
    interface Sides {
        <X> void output(OutputTag<X> tag, X value);
    }
}
