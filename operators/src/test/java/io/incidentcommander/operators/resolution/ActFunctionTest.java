// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.ArrayList;
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
            new ActFunction(ActionRunnerTest.rules(""), () -> world, () -> world, clock, 1, 10);

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

    /** Of 200 that were handed in before the stop, 64 are at their first call when it comes. */
    @Test
    void aStopHoldsForEveryCallAfterItWheneverItsActionWasHandedIn() throws Exception {
        int hands = 64;
        int orders = 200;
        CountDownLatch calling = new CountDownLatch(hands);
        CountDownLatch stopped = new CountDownLatch(1);
        world.whileSending(
                "rehearse",
                () -> {
                    calling.countDown();
                    await(stopped);
                });
        try (Opened many = new Opened(hands, orders)) {
            List<CompletableFuture<Collection<LifecycleFact>>> ends = new ArrayList<>();
            for (int n = 0; n < orders; n++) {
                ends.add(begin(many.function, ActionRunnerTest.order("d-" + n)));
            }
            await(calling);
            world.stopAll();
            stopped.countDown();
            for (CompletableFuture<Collection<LifecycleFact>> end : ends) {
                Collection<LifecycleFact> facts = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
                assertThat(facts.iterator().next().detail()).contains("stopped");
            }
            assertThat(world.sent()).hasSize(hands).containsOnly("rehearse");
        }
    }

    @Test
    void whatThereIsNoRoomForIsForAHumanAtOnceAndNothingWaitsBehindIt() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        world.whileSending("rehearse", () -> await(released));
        try (Opened narrow = new Opened(1, 2)) {
            CompletableFuture<?> first = begin(narrow.function, ActionRunnerTest.order("d-1"));
            CompletableFuture<?> second = begin(narrow.function, ActionRunnerTest.order("d-2"));
            Collection<LifecycleFact> third =
                    begin(narrow.function, ActionRunnerTest.order("d-3"))
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(signals(third)).containsExactly(LifecycleSignal.ACTION_FAILED);
            assertThat(third.iterator().next().detail()).contains("too much is under way");
            assertThat(send(narrow.function, stop())).as("stops have room").isEmpty();
            released.countDown();
            first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            second.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(signals(send(narrow.function, ActionRunnerTest.order("d-4"))))
                    .as("there is room again")
                    .isNotEmpty();
        }
    }

    @Test
    void thatSomethingIsNotTakenBackIsHeardInWhicheverAttemptTheIncidentIs() throws Exception {
        open();
        world.reach(false);
        ActionOrder order = ActionRunnerTest.order();
        Collection<LifecycleFact> facts =
                send(order.takenBack(order.orderedMillis(), order.deadlineMillis()));
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.iterator().next().attempt()).isEqualTo(LifecycleFact.ANY_ATTEMPT);
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
        return begin(function, order);
    }

    private static CompletableFuture<Collection<LifecycleFact>> begin(
            ActFunction actor, ActionOrder order) {
        Waiting waiting = new Waiting();
        actor.take(order, waiting);
        return waiting.result;
    }

    private Collection<LifecycleFact> send(ActionOrder order) throws Exception {
        return send(function, order);
    }

    private static Collection<LifecycleFact> send(ActFunction actor, ActionOrder order)
            throws Exception {
        return begin(actor, order).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** In the same world, with other numbers. */
    private final class Opened implements AutoCloseable {
        private final ActFunction function;

        Opened(int hands, int room) {
            function =
                    new ActFunction(
                            ActionRunnerTest.rules(""),
                            () -> world,
                            () -> world,
                            clock,
                            hands,
                            room);
            function.open(DefaultOpenContext.INSTANCE);
        }

        @Override
        public void close() {
            function.close();
        }
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
