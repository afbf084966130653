// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.connectors.resolution.ActionSession;
import io.incidentcommander.connectors.resolution.AutomationStatus;
import io.incidentcommander.connectors.resolution.SsmAutomations;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.SessionPolicy;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Steps as automations of Systems Manager. Each action has a session of its own in the sandbox
 * account and one in the real one, no longer than it needs it, for exactly its permissions.
 */
public final class LiveEffects implements Effects {
    private final SsmAutomations automations;
    private final String roleArn;
    private final String sandboxRoleArn;

    /**
     * @param sandboxRoleArn of another account, for rehearsals
     */
    public LiveEffects(SsmAutomations automations, String roleArn, String sandboxRoleArn) {
        this.automations = Objects.requireNonNull(automations, "automations");
        this.roleArn = Objects.requireNonNull(roleArn, "roleArn");
        this.sandboxRoleArn = Objects.requireNonNull(sandboxRoleArn, "sandboxRoleArn");
    }

    @Override
    public String mode() {
        return "live";
    }

    @Override
    public Optional<String> insteadOf(ActionPlan plan) {
        return Optional.empty();
    }

    @Override
    public Hands forAction(Playbook playbook, ActionOrder order) {
        return new Session(playbook, order);
    }

    @Override
    public void close() {
        automations.close();
    }

    /** Of one action; by one thread. */
    private final class Session implements Hands {
        private final ActionOrder order;
        private final String policy;
        private final Map<String, String> parameters;
        private Optional<ActionSession> real = Optional.empty();
        private Optional<ActionSession> sandbox = Optional.empty();

        Session(Playbook playbook, ActionOrder order) {
            this.order = order;
            this.policy = SessionPolicy.json(playbook, order.action().target());
            this.parameters = new TreeMap<>(order.action().parameters());
            this.parameters.put("TargetKind", playbook.targetKind());
            this.parameters.put("TargetTag", playbook.targetTag());
            this.parameters.put("TargetValue", order.action().target());
        }

        @Override
        public boolean isReady(PlanStep step) {
            return session(step).isPresent();
        }

        @Override
        public Known start(PlanStep step) {
            return session(step)
                    .map(s -> automations.start(s, step.document(), step.token(), parameters))
                    .map(LiveEffects::known)
                    .orElse(Known.UNREACHABLE);
        }

        @Override
        public Known lookUp(PlanStep step) {
            return session(step)
                    .map(s -> automations.lookUp(s, step.token()))
                    .map(LiveEffects::known)
                    .orElse(Known.UNREACHABLE);
        }

        private Optional<ActionSession> session(PlanStep step) {
            if (step.kind() == PlanStep.Kind.SANDBOX) {
                sandbox = current(sandbox, sandboxRoleArn);
                return sandbox;
            }
            real = current(real, roleArn);
            return real;
        }

        private Optional<ActionSession> current(Optional<ActionSession> known, String role) {
            return known.isPresent()
                    ? known
                    : automations.assume(role, "incident-" + order.incidentId(), policy);
        }

        /** The keys are forgotten; what remains of them ends by itself within 15 minutes. */
        @Override
        public void close() {
            real = Optional.empty();
            sandbox = Optional.empty();
        }
    }

    private static Known known(AutomationStatus status) {
        switch (status) {
            case RUNNING:
                return Known.RUNNING;
            case SUCCEEDED:
                return Known.SUCCEEDED;
            case FAILED:
                return Known.FAILED;
            case UNKNOWN:
                return Known.UNKNOWN;
            case UNREACHABLE:
                return Known.UNREACHABLE;
        }
        throw new IllegalStateException("No such status: " + status);
    }
}
