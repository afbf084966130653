// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

/**
 * The task dies at every moment at which something was or was not left behind; the next one has the
 * checkpoint that was taken while the order was under way, and the same ledger and world.
 */
class ActKilledTest {
    private final ActionRunnerTest.StandingClock clock = new ActionRunnerTest.StandingClock();

    @Test
    void whateverMomentTheTaskDiesAtTheNextOneEndsTheOrderAndNoEffectHappensTwice()
            throws Exception {
        int moments = moments();
        assertThat(moments).as("three for each of four steps, and one").isEqualTo(2 * (3 * 4 + 1));
        for (int moment = 0; moment < moments; moment++) {
            RecordedWorld world = new RecordedWorld();
            OperatorSubtaskState checkpoint = killedAt(moment, world);
            world.atEachMoment(() -> {});
            try (Acting next = acting(world)) {
                next.initializeState(checkpoint);
                next.open();
                next.endInput();
                assertThat(next.extractOutputValues())
                        .as("moment %d", moment)
                        .extracting(LifecycleFact::signal)
                        .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.VALIDATED);
                assertThat(world.sent())
                        .as("moment %d", moment)
                        .containsExactly("rehearse", "save", "remove", "look");
            }
        }
    }

    private int moments() throws Exception {
        RecordedWorld world = new RecordedWorld();
        AtomicInteger seen = new AtomicInteger();
        world.atEachMoment(seen::incrementAndGet);
        try (Acting acting = acting(world)) {
            acting.open();
            acting.processElement(Either.Right(ActionRunnerTest.order()), 0);
            acting.endInput();
        }
        return seen.get();
    }

    /** With the order under way. */
    private OperatorSubtaskState killedAt(int moment, RecordedWorld world) throws Exception {
        AtomicInteger left = new AtomicInteger(moment);
        CountDownLatch dead = new CountDownLatch(1);
        world.atEachMoment(
                () -> {
                    if (left.getAndDecrement() == 0) {
                        dead.countDown();
                        throw new Killed();
                    }
                });
        try (Acting acting = acting(world)) {
            acting.open();
            acting.processElement(Either.Right(ActionRunnerTest.order()), 0);
            dead.await();
            return acting.snapshot(1, 1);
        }
    }

    private Acting acting(RecordedWorld world) throws Exception {
        return new Acting(
                new ActFunction(
                        ActionRunnerTest.rules(""), () -> world, () -> world, clock, 1, 10));
    }

    /** Whoever acted does nothing after it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            Thread.currentThread().setUncaughtExceptionHandler((thread, death) -> {});
        }
    }
}
