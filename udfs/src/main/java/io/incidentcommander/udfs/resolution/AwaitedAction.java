// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.Objects;
import java.util.Set;

/** An action that waits for people to approve of it. Immutable. */
public final class AwaitedAction {
    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final String decisionId;
    private final ActionId action;
    private final Set<String> requesters;
    private final long deadlineMillis;

    /**
     * @param requesters who asked for it, and cannot approve of it
     * @param deadlineMillis until when it waits, epoch milliseconds
     */
    public AwaitedAction(
            String tenant,
            String incidentId,
            int attempt,
            String decisionId,
            ActionId action,
            Set<String> requesters,
            long deadlineMillis) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.attempt = attempt;
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.action = Objects.requireNonNull(action, "action");
        this.requesters = Set.copyOf(requesters);
        this.deadlineMillis = deadlineMillis;
    }

    public static AwaitedAction of(ActionOrder order) {
        return new AwaitedAction(
                order.tenant(),
                order.incidentId(),
                order.attempt(),
                order.decisionId(),
                order.action().id(),
                order.requesters(),
                order.deadlineMillis());
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public int attempt() {
        return attempt;
    }

    public String decisionId() {
        return decisionId;
    }

    public ActionId action() {
        return action;
    }

    public Set<String> requesters() {
        return requesters;
    }

    public long deadlineMillis() {
        return deadlineMillis;
    }
}
