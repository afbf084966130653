// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.Optional;

/**
 * What the life of an incident says of the action that was taken: validated is right; not
 * validated, or resolved and back, is wrong; and what is back within the watch is taken back. An
 * action that was refused, failed before it could help, or was overtaken by a human or by silence
 * says nothing. Immutable, pure.
 */
public final class ActionOutcomes {
    private final Optional<ActionOrder> acting;
    private final Optional<VerifiedOutcome> outcome;
    private final Optional<ActionOrder> rollback;

    private ActionOutcomes(
            Optional<ActionOrder> acting,
            Optional<VerifiedOutcome> outcome,
            Optional<ActionOrder> rollback) {
        this.acting = acting;
        this.outcome = outcome;
        this.rollback = rollback;
    }

    /**
     * @param acting the action whose outcome is not settled, as known before
     * @param before where the incident stood
     * @param signal of what happened; empty for a decision
     * @param turn what that made of it
     * @param policy how long regressions are watched for, and an action may take
     */
    public static ActionOutcomes after(
            Optional<ActionOrder> acting,
            Optional<IncidentCourse> before,
            Optional<LifecycleSignal> signal,
            LifecycleTurn turn,
            LifecyclePolicy policy) {
        ActionOutcomes now = new ActionOutcomes(acting, Optional.empty(), Optional.empty());
        Optional<IncidentState> state = before.map(IncidentCourse::state);
        long since = before.map(IncidentCourse::phaseSinceMillis).orElse(0L);
        for (IncidentEvent event : turn.events()) {
            Optional<IncidentState> next = Optional.of(event.incident().state());
            if (state.isPresent()) {
                now = now.step(state.get(), since, signal, event, policy);
            }
            since = state.equals(next) ? since : event.eventTimeMillis();
            state = next;
        }
        for (ActionOrder order : turn.orders()) {
            if (order.kind() == ActionOrder.Kind.ACT) {
                now = now.acting(Optional.of(order));
            }
        }
        return turn.file().course().isPresent() ? now : now.acting(Optional.empty());
    }

    private ActionOutcomes acting(Optional<ActionOrder> next) {
        return new ActionOutcomes(next, outcome, rollback);
    }

    /** The action whose outcome is not settled, or may still be overturned. */
    public Optional<ActionOrder> acting() {
        return acting;
    }

    /** What was found now. */
    public Optional<VerifiedOutcome> outcome() {
        return outcome;
    }

    /** The action to be taken back, since what it was meant for is back within the watch. */
    public Optional<ActionOrder> rollback() {
        return rollback;
    }

    private ActionOutcomes step(
            IncidentState from,
            long since,
            Optional<LifecycleSignal> signal,
            IncidentEvent event,
            LifecyclePolicy policy) {
        IncidentState to = event.incident().state();
        if (acting.isEmpty() || from == to) {
            return this;
        }
        if (from == IncidentState.VERIFYING && to == IncidentState.RESOLVED) {
            return signal.filter(LifecycleSignal.VALIDATED::equals).isPresent()
                    ? new ActionOutcomes(acting, Optional.of(outcome(true, event)), rollback)
                    : this;
        }
        boolean notMended =
                from == IncidentState.VERIFYING
                        && signal.filter(LifecycleSignal.NOT_VALIDATED::equals).isPresent();
        if (notMended || from == IncidentState.RESOLVED) {
            return new ActionOutcomes(
                    Optional.empty(),
                    Optional.of(outcome(false, event)),
                    notMended ? Optional.empty() : takenBack(since, event, policy));
        }
        return to == IncidentState.ESCALATED ? acting(Optional.empty()) : this;
    }

    private Optional<ActionOrder> takenBack(
            long since, IncidentEvent event, LifecyclePolicy policy) {
        long at = event.eventTimeMillis();
        return acting.filter(order -> at <= since + policy.watchMillis())
                .map(
                        order ->
                                order.takenBack(
                                        at, at + policy.longestMillis(IncidentState.RESOLVING)));
    }

    private VerifiedOutcome outcome(boolean helped, IncidentEvent event) {
        ActionOrder order = acting.orElseThrow();
        long time = event.eventTimeMillis();
        return helped
                ? VerifiedOutcome.right(
                        order.tenant(),
                        order.incidentId(),
                        order.attempt(),
                        order.action().id(),
                        time)
                : VerifiedOutcome.wrong(
                        order.tenant(),
                        order.incidentId(),
                        order.attempt(),
                        order.action().id(),
                        time);
    }
}
