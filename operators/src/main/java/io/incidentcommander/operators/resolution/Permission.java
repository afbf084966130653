// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.resolution.ActionRequest;
import io.incidentcommander.udfs.resolution.ActionSurroundings;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.PolicyDecision;
import io.incidentcommander.udfs.resolution.ResolutionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks the policy whether an order may be carried out, and waits for approvals if need be. */
final class Permission {
    private final ActionRules rules;
    private final ResolutionPolicy policy;
    private final ActionLedger ledger;
    private final ActionClock clock;

    Permission(ActionRules rules, ActionLedger ledger, ActionClock clock) {
        this.rules = rules;
        this.policy = rules.policy();
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Empty: it may, and the approvals it needs are used up. Else why it may not. */
    Optional<String> refusal(ActionOrder order, Playbook playbook) throws InterruptedException {
        Set<String> used = new TreeSet<>();
        while (true) {
            List<Approval> approvals = ledger.approvals(order.decisionId());
            PolicyDecision said = ask(order, playbook, approvals, used);
            if (said.verdict() == PolicyDecision.Verdict.REFUSED) {
                return Optional.of(said.toString());
            }
            if (said.verdict() == PolicyDecision.Verdict.ALLOWED && useUp(said, approvals, used)) {
                return Optional.empty();
            }
            if (said.verdict() == PolicyDecision.Verdict.NEEDS_APPROVAL) {
                if (clock.millis() >= order.deadlineMillis()) {
                    return Optional.of(said.toString());
                }
                clock.pause();
            }
        }
    }

    private PolicyDecision ask(
            ActionOrder order, Playbook playbook, List<Approval> approvals, Set<String> used) {
        String service = order.action().target();
        long now = clock.millis();
        return policy.decide(
                new ActionRequest(
                        order.decisionId(),
                        order.action().id(),
                        service,
                        playbook.risk(),
                        rules.allowed().targets(service),
                        rules.allowed().fleet(service),
                        order.humanWanted(),
                        Set.of()),
                new ActionSurroundings(
                        now,
                        ledger.isStopped(order.incidentId(), order.attempt()),
                        rules.freezes().at(order.tenant(), service, now).isPresent(),
                        approvals,
                        used));
    }

    private boolean useUp(PolicyDecision said, List<Approval> approvals, Set<String> used) {
        boolean all = true;
        for (Approval approval : approvals) {
            if (said.approvals().contains(approval.id()) && !ledger.use(approval)) {
                used.add(approval.id());
                all = false;
            }
        }
        return all;
    }
}
