// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by {@link #key tenant and incident}: the one state machine of each incident, and the owner
 * of its chain of events. Deadlines are timers by event time; that all input ends is not time that
 * passes, so nothing is met then. Facts without a time happen when they are heard. Emits every
 * change as an event; by the side orders to act, how actions turned out, questions to the agents,
 * and answers to humans. Incidents cost what the catalogues that the job was started with say;
 * {@link LifecycleUnderControlFunction} hears of changes too, and has the same keyed states.
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

    /** What became of what humans said. */
    public static final OutputTag<ControlReport> ANSWERS =
            new OutputTag<>("command-answers", TypeInformation.of(ControlReport.class));

    private static final long serialVersionUID = 1L;

    private final LifecyclePolicy policy;
    private final TierCost cost;
    private final ControlSettings control;
    private final RunbookCatalogue runbooks;

    private transient CourseKeeper keeper;

    /**
     * @param control with the catalogue of each tenant, which incidents are priced by
     */
    public LifecycleFunction(
            LifecyclePolicy policy,
            TierCost cost,
            ControlSettings control,
            RunbookCatalogue runbooks) {
        this.policy = policy;
        this.cost = cost;
        this.control = control;
        this.runbooks = runbooks;
    }

    /** What everything about one incident shares. */
    public static String key(String tenant, String incidentId) {
        return tenant + '\n' + incidentId;
    }

    @Override
    public void open(OpenContext context) {
        ControlBook book =
                ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        keeper = new CourseKeeper(policy, cost, book, runbooks, getRuntimeContext());
    }

    @Override
    public void processElement1(LifecycleFact fact, Context context, Collector<IncidentEvent> out)
            throws IOException {
        keeper.hear(fact, context.timerService(), context::output, out);
    }

    @Override
    public void processElement2(Decision decision, Context context, Collector<IncidentEvent> out)
            throws IOException {
        keeper.hear(decision, context.timerService(), context::output, out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<IncidentEvent> out)
            throws IOException {
        keeper.due(time, context.timerService(), context::output, out);
    }
}
