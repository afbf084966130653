// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where all that is said of an incident comes together: facts drive its {@link Lifecycle}, what
 * comes early is kept until the course has come to it, an action that is decided becomes an order,
 * and where no answer is under way any more, the agents are asked again. Pure.
 */
public final class LifecycleDesk {
    private final Lifecycle lifecycle;
    private final FollowUpQuestions questions;

    /**
     * @param catalogue that questions are made from: a decision about another type of incident than
     *     is known by now does not count
     */
    public LifecycleDesk(Lifecycle lifecycle, RunbookCatalogue catalogue) {
        this.lifecycle = lifecycle;
        this.questions = new FollowUpQuestions(catalogue);
    }

    /** Takes a fact of anybody but the tally. */
    public LifecycleTurn take(LifecycleFile file, LifecycleFact fact) {
        if (isDiagnosis(fact) && isIn(file, IncidentState.DETECTED)) {
            LifecycleTurn kept = advance(file, fact, Optional.empty());
            return settle(kept.with(kept.file().keeping(fact)), fact.causes());
        }
        return settle(step(file, fact, Optional.empty()), fact.causes());
    }

    /** Takes a decision: at once if it is waited for, else when it will be. */
    public LifecycleTurn take(LifecycleFile before, Decision decision) {
        if (before.course().isEmpty()) {
            return refused(before, "nothing is known of the incident");
        }
        if (before.questions().decided() >= decision.attempt()) {
            return refused(before, "a decision on this or a later question is known");
        }
        LifecycleFile file = before.with(before.questions().decided(decision.attempt()));
        LifecycleTurn none = new LifecycleTurn(file, List.of(), List.of(), Optional.empty());
        if (isIn(file, IncidentState.DETECTED)
                || isIn(file, IncidentState.DIAGNOSING)
                || isIn(file, IncidentState.DECIDING)) {
            return settle(none.with(file.keeping(decision)), List.of());
        }
        return refused(
                file, "decided while " + file.course().orElseThrow().incident().state().word());
    }

    /** As long as something kept is waited for now. Each round leaves a state or drops a word. */
    private LifecycleTurn settle(LifecycleTurn turn, List<AlertId> causes) {
        LifecycleTurn now = turn;
        while (true) {
            LifecycleFile file = now.file();
            if (isIn(file, IncidentState.DIAGNOSING) && file.diagnosis().isPresent()) {
                LifecycleFact early = file.diagnosis().get().notBefore(since(file));
                now = now.then(step(file.withoutDiagnosis(), early, Optional.empty()));
            } else if (isIn(file, IncidentState.DECIDING)
                    && file.decision().filter(made -> isAbout(made, file)).isPresent()) {
                Decision decision = file.decision().get();
                LifecycleFact fact = fact(decision).notBefore(since(file));
                now = now.then(step(file.withoutDecision(), fact, Optional.of(decision)));
            } else {
                return questions.after(now, causes);
            }
        }
    }

    /** The deadlines that lie before a fact, which itself is kept. */
    private LifecycleTurn advance(
            LifecycleFile file, LifecycleFact fact, Optional<Decision> decision) {
        LifecycleFact time =
                LifecycleFact.of(
                        fact.tenant(),
                        fact.incidentId(),
                        LifecycleSignal.DEADLINE,
                        fact.timeMillis(),
                        LifecycleFact.ANY_ATTEMPT,
                        "lifecycle",
                        "");
        LifecycleTurn turn = step(file, time, decision);
        return new LifecycleTurn(turn.file(), turn.events(), turn.orders(), Optional.empty());
    }

    private LifecycleTurn step(
            LifecycleFile file, LifecycleFact fact, Optional<Decision> decision) {
        LifecycleStep step = lifecycle.apply(file.course(), fact);
        List<ActionOrder> orders = new ArrayList<>();
        for (LifecycleWish wish : step.wishes()) {
            order(wish, fact, decision, askedBy(step.course())).ifPresent(orders::add);
        }
        LifecycleFile after = file.with(step.course());
        if (attempt(after) != attempt(file)) {
            after = after.withoutDiagnosis().withoutDecision();
        }
        return new LifecycleTurn(after, step.events(), orders, step.refusal());
    }

    private static Optional<ActionOrder> order(
            LifecycleWish wish,
            LifecycleFact fact,
            Optional<Decision> decision,
            Optional<String> askedBy) {
        if (wish.kind() == LifecycleWish.Kind.STOP_ACTION) {
            return Optional.of(
                    new ActionOrder(
                            ActionOrder.Kind.STOP,
                            fact.tenant(),
                            fact.incidentId(),
                            wish.attempt(),
                            "",
                            Action.NO_ACTION,
                            false,
                            fact.timeMillis(),
                            wish.deadlineMillis()));
        }
        return decision.filter(made -> wish.kind() == LifecycleWish.Kind.ACT)
                .map(
                        made ->
                                new ActionOrder(
                                        ActionOrder.Kind.ACT,
                                        made.tenant(),
                                        made.incidentId(),
                                        wish.attempt(),
                                        made.decisionId(),
                                        made.action(),
                                        made.status() == DecisionStatus.NEEDS_APPROVAL,
                                        requesters(made, askedBy),
                                        fact.timeMillis(),
                                        wish.deadlineMillis()));
    }

    /** Who handed the incident back, and the agents that voted for what was decided. */
    private static Set<String> requesters(Decision made, Optional<String> askedBy) {
        Set<String> requesters = new TreeSet<>();
        askedBy.ifPresent(requesters::add);
        for (SignedVote vote : made.certificate().last().votes()) {
            if (vote.action().equals(made.action().id())) {
                requesters.add(vote.agent());
            }
        }
        return requesters;
    }

    private static Optional<String> askedBy(Optional<IncidentCourse> course) {
        return course.map(IncidentCourse::askedBy).filter(who -> !who.isEmpty());
    }

    private LifecycleFact fact(Decision decision) {
        return LifecycleFact.of(
                decision.tenant(),
                decision.incidentId(),
                signal(decision),
                decision.outcome().decidedAtMillis(),
                LifecycleFact.ANY_ATTEMPT,
                "consensus",
                decision.status().name()
                        + " "
                        + decision.action()
                        + ", certificate "
                        + decision.certificate().hash()
                        + lifecycle.policy().roles().late(decision));
    }

    private static LifecycleSignal signal(Decision decision) {
        if (!decision.status().agreed() || decision.action().equals(Action.ESCALATE)) {
            return LifecycleSignal.HUMAN_DECIDED;
        }
        return decision.action().equals(Action.NO_ACTION)
                ? LifecycleSignal.NO_ACTION_DECIDED
                : LifecycleSignal.ACTION_DECIDED;
    }

    private boolean isAbout(Decision decision, LifecycleFile file) {
        return questions.areAnsweredBy(decision, file.course().orElseThrow().incident());
    }

    private static LifecycleTurn refused(LifecycleFile file, String why) {
        return new LifecycleTurn(
                file, List.of(), List.of(), Optional.of(LifecycleRefusal.refused(why)));
    }

    private static boolean isDiagnosis(LifecycleFact fact) {
        return fact.signal() == LifecycleSignal.DIAGNOSED
                || fact.signal() == LifecycleSignal.DIAGNOSIS_FAILED;
    }

    private static boolean isIn(LifecycleFile file, IncidentState state) {
        return file.course().filter(course -> course.state() == state).isPresent();
    }

    private static long since(LifecycleFile file) {
        return file.course().orElseThrow().phaseSinceMillis();
    }

    private static int attempt(LifecycleFile file) {
        return file.course().map(IncidentCourse::attempt).orElse(0);
    }
}
