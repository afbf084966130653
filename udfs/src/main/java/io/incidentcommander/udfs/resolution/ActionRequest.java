// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.RiskLevel;
import java.util.Objects;
import java.util.Set;

/** What is asked of the policy: this action of this decision, now. Immutable. */
public final class ActionRequest {
    private final String decisionId;
    private final ActionId action;
    private final String service;
    private final RiskLevel risk;
    private final int targets;
    private final int fleet;
    private final boolean humanWanted;
    private final Set<String> requesters;

    /**
     * @param targets how many instances it changes
     * @param fleet how many there are
     * @param humanWanted the decision itself asks for a human's approval
     * @param requesters people who asked for it; they cannot approve it
     */
    public ActionRequest(
            String decisionId,
            ActionId action,
            String service,
            RiskLevel risk,
            int targets,
            int fleet,
            boolean humanWanted,
            Set<String> requesters) {
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.action = Objects.requireNonNull(action, "action");
        this.service = Objects.requireNonNull(service, "service");
        this.risk = Objects.requireNonNull(risk, "risk");
        this.targets = targets;
        this.fleet = fleet;
        this.humanWanted = humanWanted;
        this.requesters = Set.copyOf(requesters);
    }

    String decisionId() {
        return decisionId;
    }

    ActionId action() {
        return action;
    }

    String service() {
        return service;
    }

    RiskLevel risk() {
        return risk;
    }

    int targets() {
        return targets;
    }

    int fleet() {
        return fleet;
    }

    boolean isHumanWanted() {
        return humanWanted;
    }

    Set<String> requesters() {
        return requesters;
    }
}
