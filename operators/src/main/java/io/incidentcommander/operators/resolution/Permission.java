// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.resolution.ActionRequest;
import io.incidentcommander.udfs.resolution.ActionSurroundings;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.PolicyDecision;
import io.incidentcommander.udfs.resolution.ResolutionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the policy whether an order may be carried out, and waits for approvals if need be. */
final class Permission {
    private static final Logger LOG = LoggerFactory.getLogger(Permission.class);

    private static final long DAY_MILLIS = 86_400_000;

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
        boolean waits = false;
        while (true) {
            Optional<String> no = ledger.rejection(order.decisionId());
            if (no.isPresent()) {
                return Optional.of("rejected by " + no.get());
            }
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
                if (!waits) {
                    ledger.await(AwaitedAction.of(order));
                    waits = true;
                    LOG.info("{} waits under decision {}: {}", order, order.decisionId(), said);
                }
                clock.pause();
            }
        }
    }

    /** What is said of it now; nothing is waited for, nor used up. */
    PolicyDecision now(ActionOrder order, Playbook playbook) {
        return ask(order, playbook, ledger.approvals(order.decisionId()), Set.of());
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
                        order.requesters()),
                new ActionSurroundings(
                        now,
                        ledger.stopped(order.tenant(), order.incidentId(), order.attempt()),
                        rules.freezes().at(order.tenant(), service, now).isPresent(),
                        approvals,
                        used,
                        ledger.timesWorked(
                                order.tenant(),
                                order.action().id(),
                                order.decisionId(),
                                now - DAY_MILLIS)));
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
