// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActFunctionTest {
    private static final long PATIENCE_SECONDS = 60;

    private final RecordedWorld world = new RecordedWorld();
    private final ActionRunnerTest.StandingClock clock = new ActionRunnerTest.StandingClock();
    private final ActFunction function =
            new ActFunction(ActionRunnerTest.rules(""), () -> world, () -> world, clock, 1);

    @AfterEach
    void close() {
        function.close();
    }

    @Test
    void anOrderBecomesTheReportsOfItsEnd() throws Exception {
        open();
        assertThat(signals(send(ActionRunnerTest.order())))
                .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.VALIDATED);
    }

    @Test
    void aStopTakesNoTurnBehindTheActionThatItStops() throws Exception {
        open();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        world.whileSending(
                "rehearse",
                () -> {
                    begun.countDown();
                    await(stopped);
                });
        CompletableFuture<Collection<LifecycleFact>> action = begin(ActionRunnerTest.order());
        await(begun);
        assertThat(send(stop())).as("while the only hand is busy").isEmpty();
        stopped.countDown();
        assertThat(signals(action.get(PATIENCE_SECONDS, TimeUnit.SECONDS)))
                .containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.sent()).containsExactly("rehearse");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void whileTheLedgerIsAwayNothingIsDoneAndAfterTheDeadlineAHumanIsAsked() throws Exception {
        open();
        world.reach(false);
        Collection<LifecycleFact> facts = send(ActionRunnerTest.order());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.iterator().next().detail()).contains("the ledger cannot be reached");
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void anActionThatNobodyKnowsIsForAHuman() throws Exception {
        open();
        ActionOrder known = ActionRunnerTest.order();
        ActionOrder strange =
                new ActionOrder(
                        ActionOrder.Kind.ACT,
                        known.tenant(),
                        known.incidentId(),
                        1,
                        known.decisionId(),
                        Action.NO_ACTION,
                        false,
                        known.orderedMillis(),
                        known.deadlineMillis());
        assertThat(signals(send(strange))).containsExactly(LifecycleSignal.ACTION_FAILED);
    }

    @Test
    void whatFlinkGivesUpIsForAHumanToo() throws Exception {
        open();
        Waiting waiting = new Waiting();
        function.timeout(Either.Right(ActionRunnerTest.order()), waiting);
        assertThat(signals(waiting.result.get(PATIENCE_SECONDS, TimeUnit.SECONDS)))
                .containsExactly(LifecycleSignal.ACTION_FAILED);
    }

    private void open() {
        function.open(DefaultOpenContext.INSTANCE);
    }

    private static ActionOrder stop() {
        ActionOrder known = ActionRunnerTest.order();
        return new ActionOrder(
                ActionOrder.Kind.STOP,
                known.tenant(),
                known.incidentId(),
                1,
                "",
                Action.NO_ACTION,
                false,
                known.orderedMillis(),
                known.deadlineMillis());
    }

    private CompletableFuture<Collection<LifecycleFact>> begin(ActionOrder order) {
        Waiting waiting = new Waiting();
        function.take(order, waiting);
        return waiting.result;
    }

    private Collection<LifecycleFact> send(ActionOrder order) throws Exception {
        return begin(order).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<LifecycleSignal> signals(Collection<LifecycleFact> facts) {
        return facts.stream().map(LifecycleFact::signal).collect(Collectors.toList());
    }

    private static final class Waiting implements ResultFuture<LifecycleFact> {
        private final CompletableFuture<Collection<LifecycleFact>> result =
                new CompletableFuture<>();

        @Override
        public void complete(Collection<LifecycleFact> facts) {
            result.complete(facts);
        }

        @Override
        public void completeExceptionally(Throwable error) {
            result.completeExceptionally(error);
        }
    }
}
