// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.PolicyDecision;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of an order that needs people that it does, and what they would have to say, as soon as it
 * comes in: whoever acts has nothing to tell before the end. Where the ledger cannot be asked, or
 * too many wait for it, nothing is said.
 */
public final class AnnounceFunction extends OrderFunction {
    private static final Logger LOG = LoggerFactory.getLogger(AnnounceFunction.class);
    private static final long serialVersionUID = 1L;

    /** Fewer than the operator holds: a ledger that hangs does not block it. */
    private static final int ROOM = 128;

    private final ActionLedger.Opener ledgers;
    private final Effects.Opener openers;

    private transient ActionLedger ledger;
    private transient Effects effects;
    private transient Permission permission;
    private transient ExecutorService thread;
    private transient AtomicInteger waiting;

    /**
     * @param openers of effects: where nothing is done, nothing is asked for
     */
    public AnnounceFunction(
            ActionRules rules,
            ActionLedger.Opener ledgers,
            Effects.Opener openers,
            ActionClock clock) {
        super(rules, clock);
        this.ledgers = ledgers;
        this.openers = openers;
    }

    @Override
    public void open(OpenContext context) {
        ledger = ledgers.open();
        effects = openers.open();
        permission = new Permission(rules(), ledger, clock());
        waiting = new AtomicInteger();
        thread = Executors.newSingleThreadExecutor(r -> new Thread(r, "action-announcer"));
    }

    @Override
    void take(ActionOrder order, ResultFuture<LifecycleFact> result) {
        if (waiting.incrementAndGet() > ROOM) {
            waiting.decrementAndGet();
            LOG.warn("It is not announced that {} may need approval: too many wait", order);
            result.complete(List.of());
            return;
        }
        thread.execute(
                () -> {
                    List<LifecycleFact> said = said(order);
                    waiting.decrementAndGet();
                    result.complete(said);
                });
    }

    private List<LifecycleFact> said(ActionOrder order) {
        try {
            Optional<Playbook> playbook =
                    order.kind() == ActionOrder.Kind.ACT
                            ? rules().playbooks().of(order.action())
                            : Optional.empty();
            if (playbook.isEmpty() || !playbook.get().flaws(order.action()).isEmpty()) {
                return List.of();
            }
            ActionPlan plan = playbook.get().plan(order.decisionId(), order.action());
            if (effects.insteadOf(plan).isPresent() || isBegun(plan)) {
                return List.of();
            }
            PolicyDecision now = permission.now(order, playbook.get());
            if (now.verdict() != PolicyDecision.Verdict.NEEDS_APPROVAL) {
                return List.of();
            }
            ledger.await(AwaitedAction.of(order));
            return List.of(fact(order, now));
        } catch (RuntimeException e) {
            LOG.warn("It is not announced that {} may need approval", order, e);
            return List.of();
        }
    }

    private boolean isBegun(ActionPlan plan) {
        return ledger.find(plan.steps().get(0).token()).isPresent();
    }

    private static LifecycleFact fact(ActionOrder order, PolicyDecision now) {
        return LifecycleFact.of(
                order.tenant(),
                order.incidentId(),
                LifecycleSignal.APPROVAL_WANTED,
                LifecycleFact.NO_TIME,
                order.attempt(),
                "resolution",
                order.action()
                        + " waits until "
                        + Instant.ofEpochMilli(order.deadlineMillis())
                        + " for people to approve decision "
                        + order.decisionId()
                        + ", action "
                        + order.action().id().hex()
                        + ": "
                        + String.join("; ", now.reasons()));
    }

    /** It is not said in time, then. */
    @Override
    Collection<LifecycleFact> overdue(ActionOrder order) {
        return List.of();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
        if (effects != null) {
            effects.close();
        }
        if (ledger != null) {
            ledger.close();
        }
    }
}
