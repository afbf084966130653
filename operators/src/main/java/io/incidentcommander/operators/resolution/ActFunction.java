// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
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
 * From an order to what became of it. Orders under way are state of Flink's and begin again after a
 * restore, from where the ledger stands. A stop takes no turn behind actions. Nothing that hangs
 * blocks the operator: orders wait for hands, and those that there is no room for are for a human.
 */
public final class ActFunction extends OrderFunction {
    private static final Logger LOG = LoggerFactory.getLogger(ActFunction.class);
    private static final long serialVersionUID = 1L;

    private final ActionLedger.Opener ledgers;
    private final Effects.Opener openers;
    private final int hands;
    private final int room;

    private transient ActionLedger ledger;
    private transient Effects effects;
    private transient ActionRunner runner;
    private transient ExecutorService actors;
    private transient ExecutorService stoppers;
    private transient AtomicInteger held;

    /**
     * @param hands actions under way at once, of each subtask
     * @param room actions under way and waiting, of each subtask; less than the operator holds
     */
    public ActFunction(
            ActionRules rules,
            ActionLedger.Opener ledgers,
            Effects.Opener openers,
            ActionClock clock,
            int hands,
            int room) {
        super(rules, clock);
        this.ledgers = ledgers;
        this.openers = openers;
        this.hands = hands;
        this.room = room;
    }

    @Override
    public void open(OpenContext context) {
        ledger = ledgers.open();
        effects = openers.open();
        runner = new ActionRunner(rules(), ledger, effects, clock());
        held = new AtomicInteger();
        actors = Executors.newFixedThreadPool(hands, r -> new Thread(r, "resolution-actor"));
        stoppers = Executors.newSingleThreadExecutor(r -> new Thread(r, "resolution-stopper"));
    }

    @Override
    void take(ActionOrder order, ResultFuture<LifecycleFact> result) {
        if (order.kind() == ActionOrder.Kind.STOP) {
            stoppers.execute(() -> untilItCan(order, this::stop).ifPresent(result::complete));
        } else if (held.incrementAndGet() > room) {
            held.decrementAndGet();
            result.complete(runner.failed(order, "too much is under way: a human has to act"));
        } else {
            actors.execute(
                    () -> {
                        Optional<Collection<LifecycleFact>> end = untilItCan(order, runner::run);
                        held.decrementAndGet();
                        end.ifPresent(result::complete);
                    });
        }
    }

    private Collection<LifecycleFact> stop(ActionOrder order) {
        ledger.stop(order.incidentId(), order.attempt());
        return List.of();
    }

    /**
     * While the ledger cannot be reached, nothing is known and nothing is done. Empty: the task
     * ends, and the order is begun again by the next.
     */
    private Optional<Collection<LifecycleFact>> untilItCan(ActionOrder order, Work work) {
        try {
            while (true) {
                try {
                    return Optional.of(work.on(order));
                } catch (ActionLedger.LedgerUnreachableException e) {
                    LOG.warn("{}: {}", order, e.getMessage());
                    if (clock().millis() >= order.deadlineMillis()) {
                        return failed(order, "the ledger cannot be reached: a human has to look");
                    }
                    clock().pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.error("{} ended in an error", order, e);
            return failed(order, "a human has to look, there was an error: " + e);
        }
    }

    private Optional<Collection<LifecycleFact>> failed(ActionOrder order, String why) {
        return Optional.of(runner.failed(order, why));
    }

    /** Long after the order's own deadline: the ledger knows what was begun. */
    @Override
    Collection<LifecycleFact> overdue(ActionOrder order) {
        return List.of(
                LifecycleFact.of(
                        order.tenant(),
                        order.incidentId(),
                        LifecycleSignal.ACTION_FAILED,
                        LifecycleFact.NO_TIME,
                        ActionRunner.attempt(order),
                        "resolution",
                        "no end in time: a human has to look at the ledger"));
    }

    @Override
    public void close() {
        if (actors != null) {
            actors.shutdownNow();
            stoppers.shutdownNow();
        }
        if (effects != null) {
            effects.close();
        }
        if (ledger != null) {
            ledger.close();
        }
    }

    /** What is done about an order. */
    private interface Work {
        Collection<LifecycleFact> on(ActionOrder order) throws InterruptedException;
    }
}
