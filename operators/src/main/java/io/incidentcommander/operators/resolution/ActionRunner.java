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
        if (!isBegun(plan)) {
            Optional<String> refusal = permission.refusal(order, playbook.get());
            if (refusal.isPresent()) {
                return failed(order, refusal.get());
            }
        }
        Optional<String> instead = effects.insteadOf(plan);
        if (instead.isPresent()) {
            return failed(order, instead.get());
        }
        try (Effects.Hands hands = effects.forAction(playbook.get(), order)) {
            return carryOut(order, plan, hands);
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
                facts.add(fact(order, LifecycleSignal.ACTION_DONE, "done: " + changed));
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
                why = why + "; " + rollBack(order, plan, changed, hands);
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
        facts.add(fact(order, LifecycleSignal.VALIDATED, "validated after " + changed));
        return facts;
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
    private String rollBack(
            ActionOrder order, ActionPlan plan, Set<String> changed, Effects.Hands hands)
            throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>(changed);
        for (PlanStep undo : plan.rollback(changed)) {
            StepRunner.Ended ended =
                    steps.run(
                            undo,
                            hands,
                            () -> ledger.isStopped(order.incidentId(), order.attempt()),
                            what(order, undo));
            if (ended.status() != StepRecord.Status.DONE) {
                lines.add(why(undo, ended));
                break;
            }
            left.remove(undo.name().substring("undo ".length()));
            lines.add(undo.name());
        }
        return (lines.isEmpty() ? "nothing to roll back" : "rolled back: " + lines)
                + (left.isEmpty() ? "" : "; not taken back: " + left);
    }

    private BooleanSupplier stop(ActionOrder order) {
        return () ->
                clock.millis() >= order.deadlineMillis()
                        || ledger.isStopped(order.incidentId(), order.attempt());
    }

    private static String what(ActionOrder order, PlanStep step) {
        return order.incidentId() + " " + order.action() + ": " + step.name();
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
                order.attempt(),
                "resolution/" + effects.mode(),
                detail);
    }
}
