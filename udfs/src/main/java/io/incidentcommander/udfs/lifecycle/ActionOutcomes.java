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
 * validated, or resolved and back, is wrong. An action that was refused, failed before it could
 * help, or was overtaken by a human or by silence says nothing. Immutable, pure.
 */
public final class ActionOutcomes {
    private final Optional<ActionOrder> acting;
    private final Optional<VerifiedOutcome> outcome;

    private ActionOutcomes(Optional<ActionOrder> acting, Optional<VerifiedOutcome> outcome) {
        this.acting = acting;
        this.outcome = outcome;
    }

    /**
     * @param acting the action whose outcome is not settled, as known before
     * @param before where the incident stood
     * @param signal of what happened; empty for a decision
     * @param turn what that made of it
     */
    public static ActionOutcomes after(
            Optional<ActionOrder> acting,
            Optional<IncidentCourse> before,
            Optional<LifecycleSignal> signal,
            LifecycleTurn turn) {
        ActionOutcomes now = new ActionOutcomes(acting, Optional.empty());
        Optional<IncidentState> state = before.map(IncidentCourse::state);
        for (IncidentEvent event : turn.events()) {
            if (state.isPresent()) {
                now = now.step(state.get(), signal, event);
            }
            state = Optional.of(event.incident().state());
        }
        for (ActionOrder order : turn.orders()) {
            if (order.kind() == ActionOrder.Kind.ACT) {
                now = new ActionOutcomes(Optional.of(order), now.outcome);
            }
        }
        return turn.file().course().isPresent()
                ? now
                : new ActionOutcomes(Optional.empty(), now.outcome);
    }

    /** The action whose outcome is not settled, or may still be overturned. */
    public Optional<ActionOrder> acting() {
        return acting;
    }

    /** What was found now. */
    public Optional<VerifiedOutcome> outcome() {
        return outcome;
    }

    private ActionOutcomes step(
            IncidentState from, Optional<LifecycleSignal> signal, IncidentEvent event) {
        IncidentState to = event.incident().state();
        if (acting.isEmpty() || from == to) {
            return this;
        }
        if (from == IncidentState.VERIFYING && to == IncidentState.RESOLVED) {
            return signal.filter(LifecycleSignal.VALIDATED::equals).isPresent()
                    ? new ActionOutcomes(acting, Optional.of(outcome(true, event)))
                    : this;
        }
        boolean notMended =
                from == IncidentState.VERIFYING
                        && signal.filter(LifecycleSignal.NOT_VALIDATED::equals).isPresent();
        if (notMended || from == IncidentState.RESOLVED) {
            return new ActionOutcomes(Optional.empty(), Optional.of(outcome(false, event)));
        }
        return to == IncidentState.ESCALATED ? new ActionOutcomes(Optional.empty(), outcome) : this;
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
