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
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps as automations of Systems Manager. Each action has a session of its own in the sandbox
 * account and one in the real one, no longer than it needs it, for exactly its permissions.
 */
public final class LiveEffects implements Effects {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEffects.class);

    private final SsmAutomations automations;
    private final String roleArn;
    private final String sandboxRoleArn;
    private final Optional<String> recording;

    /** As the other, without a recorded session. */
    public LiveEffects(SsmAutomations automations, String roleArn, String sandboxRoleArn) {
        this(automations, roleArn, sandboxRoleArn, Optional.empty());
    }

    /**
     * @param sandboxRoleArn of another account, for rehearsals
     * @param recording document of the session that is open while changes are made on instances
     */
    public LiveEffects(
            SsmAutomations automations,
            String roleArn,
            String sandboxRoleArn,
            Optional<String> recording) {
        this.recording = Objects.requireNonNull(recording, "recording");
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
        private final Playbook playbook;
        private final ActionOrder order;
        private final Map<UUID, String> commands = new HashMap<>();
        private final Map<String, String> parameters;
        private Optional<ActionSession> real = Optional.empty();
        private Optional<ActionSession> sandbox = Optional.empty();
        private Optional<String> recorded = Optional.empty();
        private boolean isAskedFor;

        Session(Playbook playbook, ActionOrder order) {
            this.playbook = playbook;
            this.order = order;
            this.parameters = new TreeMap<>(order.action().parameters());
            this.parameters.put("TargetKind", playbook.targetKind());
            this.parameters.put("TargetTag", playbook.targetTag());
            this.parameters.put("TargetValue", order.action().target());
        }

        @Override
        public boolean isReady(PlanStep step, BooleanSupplier stopped) {
            return session(step)
                    .filter(s -> step.kind() != PlanStep.Kind.CHANGE || isRecorded(s, stopped))
                    .isPresent();
        }

        /** Nothing is changed on instances while nobody records it. */
        private boolean isRecorded(ActionSession session, BooleanSupplier stopped) {
            if (recording.isEmpty() || isAskedFor) {
                return true;
            }
            if (stopped.getAsBoolean()) {
                return false;
            }
            try {
                recorded =
                        automations
                                .commands()
                                .open(
                                        session,
                                        recording.get(),
                                        playbook.targetTag(),
                                        order.action().target(),
                                        "incident "
                                                + order.incidentId()
                                                + ", decision "
                                                + order.decisionId());
                isAskedFor = true;
                return true;
            } catch (CompletionException e) {
                LOG.warn("No recorded session for {}: {}", order, e.getCause().getMessage());
                return false;
            }
        }

        @Override
        public Known start(PlanStep step) {
            Optional<ActionSession> granted = granted(step);
            if (step.way() == PlanStep.Way.COMMAND) {
                return granted.map(s -> send(step, s)).orElse(Known.UNREACHABLE);
            }
            return granted.map(s -> automations.start(s, step.document(), step.token(), parameters))
                    .map(LiveEffects::known)
                    .orElse(Known.UNREACHABLE);
        }

        @Override
        public Known lookUp(PlanStep step) {
            if (step.way() == PlanStep.Way.COMMAND) {
                return session(step).map(s -> ask(step, s)).orElse(Known.UNREACHABLE);
            }
            return session(step)
                    .map(s -> automations.lookUp(s, step.token()))
                    .map(LiveEffects::known)
                    .orElse(Known.UNREACHABLE);
        }

        private Known send(PlanStep step, ActionSession session) {
            Optional<String> id =
                    automations
                            .commands()
                            .send(
                                    session,
                                    step.document(),
                                    playbook.targetTag(),
                                    order.action().target(),
                                    step.token().toString(),
                                    Map.of());
            id.ifPresent(sent -> commands.put(step.token(), sent));
            return id.isPresent() ? Known.RUNNING : Known.UNREACHABLE;
        }

        /** Who looks, and does not know that somebody looked before, looks again. */
        private Known ask(PlanStep step, ActionSession session) {
            String id = commands.get(step.token());
            return id == null ? Known.UNKNOWN : known(automations.commands().lookUp(session, id));
        }

        /** What is there already: sending is one call. */
        private Optional<ActionSession> granted(PlanStep step) {
            return step.kind() == PlanStep.Kind.SANDBOX ? sandbox : real;
        }

        private Optional<ActionSession> session(PlanStep step) {
            if (step.kind() == PlanStep.Kind.SANDBOX) {
                sandbox =
                        current(
                                sandbox,
                                sandboxRoleArn,
                                () -> SessionPolicy.rehearsal(playbook, order.action().target()));
                return sandbox;
            }
            real =
                    current(
                            real,
                            roleArn,
                            () ->
                                    SessionPolicy.change(
                                            playbook, order.action().target(), recording));
            return real;
        }

        /** What waits for long, and then has to go back, may outlive its session. */
        private Optional<ActionSession> current(
                Optional<ActionSession> known, String role, Supplier<String> policy) {
            return known.filter(session -> session.lasts(System.currentTimeMillis()))
                    .or(
                            () ->
                                    automations
                                            .sessions()
                                            .assume(
                                                    role,
                                                    "incident-" + order.incidentId(),
                                                    policy.get()));
        }

        /** What was granted is taken back, whatever came of it. */
        @Override
        public void close() {
            real.ifPresent(s -> recorded.ifPresent(id -> automations.commands().end(s, id)));
            real.ifPresent(automations.sessions()::end);
            sandbox.ifPresent(automations.sessions()::end);
            recorded = Optional.empty();
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
