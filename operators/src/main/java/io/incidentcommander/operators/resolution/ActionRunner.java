// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Carries out one order: policy, sandbox, change, validation, and the way back if that fails. Each
 * step happens at most once, however often and by however many this is called for the same order;
 * whoever comes later goes on where the ledger stands. Blocks.
 */
public final class ActionRunner {
    private final ActionRules rules;
    private final ActionLedger ledger;
    private final Effects effects;
    private final ActionClock clock;
    private final Permission permission;
    private final StepRunner steps;

    public ActionRunner(
            ActionRules rules, ActionLedger ledger, Effects effects, ActionClock clock) {
        this.rules = rules;
        this.ledger = ledger;
        this.effects = effects;
        this.clock = clock;
        this.permission = new Permission(rules, ledger, clock);
        this.steps = new StepRunner(ActionRules.atMostOnce(), ledger, clock);
    }

    /**
     * What the incident's life is told.
     *
     * @throws ActionLedger.LedgerUnreachableException if it has to be tried again
     */
    public List<LifecycleFact> run(ActionOrder order) throws InterruptedException {
        Optional<Playbook> playbook = rules.playbooks().of(order.action());
        if (playbook.isEmpty()) {
            return failed(order, "nobody knows how to carry out " + order.action());
        }
        List<String> flaws = playbook.get().flaws(order.action());
        if (!flaws.isEmpty()) {
            return failed(order, String.join("; ", flaws));
        }
        ActionPlan plan = playbook.get().plan(order.decisionId(), order.action());
        Optional<String> instead = effects.insteadOf(plan);
        if (order.kind() == ActionOrder.Kind.ROLL_BACK) {
            return instead.isPresent() ? List.of() : takeBack(order, playbook.get(), plan);
        }
        if (instead.isPresent()) {
            return failed(order, permission.now(order, playbook.get()) + "; " + instead.get());
        }
        if (!isBegun(plan) && !effects.wasBegun(plan)) {
            Optional<String> refusal = permission.refusal(order, playbook.get());
            if (refusal.isPresent()) {
                return failed(order, refusal.get());
            }
        }
        try (Effects.Hands hands = effects.forAction(playbook.get(), order)) {
            return carryOut(order, plan, hands);
        }
    }

    /** What the ledger knows as done, whoever did it; nobody is asked before. */
    private List<LifecycleFact> takeBack(ActionOrder order, Playbook playbook, ActionPlan plan)
            throws InterruptedException {
        Set<String> changed = new LinkedHashSet<>();
        for (PlanStep step : plan.steps()) {
            boolean done =
                    step.kind() == PlanStep.Kind.CHANGE
                            && ledger.find(step.token())
                                    .filter(record -> record.status() == StepRecord.Status.DONE)
                                    .isPresent();
            if (done) {
                changed.add(step.name());
            }
        }
        try (Effects.Hands hands = effects.forAction(playbook, order)) {
            WayBack way = rollBack(order, plan, changed, hands);
            return List.of(
                    fact(
                            order,
                            way.failed ? LifecycleSignal.ACTION_FAILED : LifecycleSignal.STEP_DONE,
                            "it came back, so what was done is taken back: " + way.text));
        }
    }

    private boolean isBegun(ActionPlan plan) {
        return ledger.find(plan.steps().get(0).token()).isPresent();
    }

    private List<LifecycleFact> carryOut(ActionOrder order, ActionPlan plan, Effects.Hands hands)
            throws InterruptedException {
        Set<String> changed = new LinkedHashSet<>();
        List<LifecycleFact> facts = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            boolean validates = step.kind() == PlanStep.Kind.VALIDATE;
            if (validates && facts.isEmpty()) {
                facts.add(fact(order, LifecycleSignal.ACTION_DONE, done(plan, changed)));
            }
            StepRunner.Ended ended = steps.run(step, hands, stop(order), what(order, step));
            if (ended.status() == StepRecord.Status.DONE) {
                if (step.kind() == PlanStep.Kind.CHANGE) {
                    changed.add(step.name());
                }
                continue;
            }
            String why = why(step, ended);
            if (ended.status() == StepRecord.Status.FAILED) {
                why = why + "; " + rollBack(order, plan, changed, hands).text;
            } else if (!changed.isEmpty()) {
                why = why + "; done and not taken back: " + changed;
            }
            facts.add(
                    fact(
                            order,
                            validates
                                    ? LifecycleSignal.NOT_VALIDATED
                                    : LifecycleSignal.ACTION_FAILED,
                            why));
            return facts;
        }
        ledger.worked(order.tenant(), order.action().id(), order.decisionId(), clock.millis());
        facts.add(fact(order, LifecycleSignal.VALIDATED, "validated after " + changed));
        return facts;
    }

    /** Changes begin when all was tried. */
    private static String done(ActionPlan plan, Set<String> changed) {
        return plan.steps().stream()
                .filter(step -> step.kind() == PlanStep.Kind.SANDBOX)
                .map(PlanStep::name)
                .collect(
                        Collectors.joining(", ", "tried in the sandbox: [", "]; done: " + changed));
    }

    private static String why(PlanStep step, StepRunner.Ended ended) {
        switch (ended.status()) {
            case FAILED:
                return "step " + step.name() + " failed: " + ended.reason();
            case HANDED_OVER:
                return "a human has to look whether step "
                        + step.name()
                        + " happened: "
                        + ended.reason();
            default:
                return "step " + step.name() + " was not begun: " + ended.reason();
        }
    }

    /** The changes that were done, the last one first. Only the emergency stop forbids it. */
    private WayBack rollBack(
            ActionOrder order, ActionPlan plan, Set<String> changed, Effects.Hands hands)
            throws InterruptedException {
        List<String> lines = new ArrayList<>();
        boolean failed = false;
        Set<String> left = new LinkedHashSet<>(changed);
        for (PlanStep undo : plan.rollback(changed)) {
            StepRunner.Ended ended =
                    steps.run(undo, hands, () -> isStopped(order), what(order, undo));
            if (ended.status() != StepRecord.Status.DONE) {
                lines.add(why(undo, ended));
                failed = true;
                break;
            }
            left.remove(undo.name().substring("undo ".length()));
            lines.add(undo.name());
        }
        return new WayBack(
                (lines.isEmpty() ? "nothing to roll back" : "rolled back: " + lines)
                        + (left.isEmpty() ? "" : "; not taken back: " + left),
                failed);
    }

    /** What came of the way back. */
    private static final class WayBack {
        private final String text;
        private final boolean failed;

        WayBack(String text, boolean failed) {
            this.text = text;
            this.failed = failed;
        }
    }

    private BooleanSupplier stop(ActionOrder order) {
        return () -> clock.millis() >= order.deadlineMillis() || isStopped(order);
    }

    private boolean isStopped(ActionOrder order) {
        return ledger.stopped(order.tenant(), order.incidentId(), order.attempt()).isPresent();
    }

    private static String what(ActionOrder order, PlanStep step) {
        return order.incidentId() + " " + order.action() + ": " + step.name();
    }

    /** What is taken back is of an attempt that is over: the one under way has to hear of it. */
    static int attempt(ActionOrder order) {
        return order.kind() == ActionOrder.Kind.ROLL_BACK
                ? LifecycleFact.ANY_ATTEMPT
                : order.attempt();
    }

    /** That nothing more is done about the order here. */
    List<LifecycleFact> failed(ActionOrder order, String why) {
        return List.of(fact(order, LifecycleSignal.ACTION_FAILED, why));
    }

    private LifecycleFact fact(ActionOrder order, LifecycleSignal signal, String detail) {
        return LifecycleFact.of(
                order.tenant(),
                order.incidentId(),
                signal,
                LifecycleFact.NO_TIME,
                attempt(order),
                "resolution/" + effects.mode(),
                detail);
    }
}
