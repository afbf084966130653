// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.udfs.resolution.PlanStep.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The steps of one action of one decision, in their order: first all in the sandbox, then the
 * changes, then their validation; and the way back, in the reverse order of the changes. Immutable.
 */
public final class ActionPlan {
    private final String decisionId;
    private final ActionId action;
    private final List<PlanStep> steps;
    private final List<PlanStep> rollback;

    private ActionPlan(
            String decisionId, ActionId action, List<PlanStep> steps, List<PlanStep> rollback) {
        this.decisionId = decisionId;
        this.action = action;
        this.steps = List.copyOf(steps);
        this.rollback = List.copyOf(rollback);
    }

    public static Builder of(String decisionId, ActionId action) {
        return new Builder(decisionId, action);
    }

    public String decisionId() {
        return decisionId;
    }

    public ActionId action() {
        return action;
    }

    public List<PlanStep> steps() {
        return steps;
    }

    /** What undoes these changes, those that were done; the last one first. */
    public List<PlanStep> rollback(Set<String> changesDone) {
        List<PlanStep> back = new ArrayList<>();
        for (PlanStep step : rollback) {
            if (changesDone.contains(step.name().substring(Builder.UNDO.length()))) {
                back.add(step);
            }
        }
        return List.copyOf(back);
    }

    /** Builds a plan; names are unique, kinds come in order. */
    public static final class Builder {
        static final String UNDO = "undo ";

        private final String decisionId;
        private final ActionId action;
        private final List<PlanStep> steps = new ArrayList<>();
        private final List<PlanStep> rollback = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        private Builder(String decisionId, ActionId action) {
            this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
            this.action = Objects.requireNonNull(action, "action");
        }

        public Builder sandbox(String name, String document) {
            return add(name, PlanStep.Kind.SANDBOX, document);
        }

        /**
         * @param undo the document that takes the change back
         */
        public Builder change(String name, String document, String undo) {
            add(name, PlanStep.Kind.CHANGE, document);
            rollback.add(0, step(UNDO + name, PlanStep.Kind.CHANGE, Way.AUTOMATION, undo));
            return this;
        }

        /** A change that nothing takes back. */
        public Builder change(String name, String document) {
            return add(name, PlanStep.Kind.CHANGE, document);
        }

        public Builder validate(String name, String document) {
            return add(name, PlanStep.Kind.VALIDATE, document);
        }

        /** A validation that only looks, by a command. */
        public Builder look(String name, String document) {
            return add(name, PlanStep.Kind.VALIDATE, Way.COMMAND, document);
        }

        /**
         * @throws IllegalArgumentException if a change comes without a sandbox step before and a
         *     validation after
         */
        public ActionPlan build() {
            for (PlanStep.Kind kind : PlanStep.Kind.values()) {
                if (steps.stream().noneMatch(step -> step.kind() == kind)) {
                    throw new IllegalArgumentException("A plan has a step of each kind: " + kind);
                }
            }
            return new ActionPlan(decisionId, action, steps, rollback);
        }

        private Builder add(String name, PlanStep.Kind kind, String document) {
            return add(name, kind, Way.AUTOMATION, document);
        }

        private Builder add(String name, PlanStep.Kind kind, Way way, String document) {
            if (!names.add(name) || name.startsWith(UNDO)) {
                throw new IllegalArgumentException("The name of a step is its own: " + name);
            }
            if (!steps.isEmpty() && steps.get(steps.size() - 1).kind().compareTo(kind) > 0) {
                throw new IllegalArgumentException("Sandbox, change, validation: not " + name);
            }
            steps.add(step(name, kind, way, document));
            return this;
        }

        private PlanStep step(String name, PlanStep.Kind kind, Way way, String document) {
            return new PlanStep(
                    name, kind, way, document, ClientToken.of(decisionId, action, name));
        }
    }
}
