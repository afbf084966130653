// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator that acts, with Flink's own around it. */
@Timeout(60)
class ActUnderFreezesTest {
    private static final long T0 = ActionRunnerTest.T0;
    private static final String FREEZE =
            "{tenant: t, freezes: [{id: f, services: [disk], starts_at: 2020-01-01T00:00:00Z,"
                    + " ends_at: 2029-01-01T00:00:00Z, owner: cto, reason: a launch}]}";

    private final RecordedWorld world = new RecordedWorld();

    @Test
    void aFreezeThatIsDeclaredWhileItRunsHoldsBackWhatIsOrdered() throws Exception {
        try (Acting acting = acting("")) {
            acting.open();
            hear(acting, freeze(1, T0));
            order(acting);
            assertThat(said(acting)).contains("a change freeze covers disk");
            assertThat(world.sent()).isEmpty();
        }
    }

    @Test
    void itHoldsAfterARestoreToo() throws Exception {
        OperatorSubtaskState saved;
        try (Acting acting = acting("")) {
            acting.open();
            hear(acting, freeze(1, T0));
            acting.endInput();
            saved = acting.snapshot(1, 1);
        }
        try (Acting acting = acting("")) {
            acting.initializeState(saved);
            acting.open();
            order(acting);
            assertThat(said(acting)).contains("a change freeze covers disk");
            assertThat(world.sent()).isEmpty();
        }
    }

    @Test
    void aFreezeThatIsWithdrawnOrNotYetInEffectHoldsNothingBack() throws Exception {
        try (Acting acting = acting("")) {
            acting.open();
            hear(acting, freeze(1, T0));
            hear(acting, withdrawn(2, T0));
            hear(acting, freeze(3, T0 + 3_600_000));
            hear(acting, freeze(1, T0));
            order(acting);
            assertThat(signals(acting))
                    .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.VALIDATED);
        }
    }

    @Test
    void aDocumentThatReplacesTheFileReplacesItsFreezes() throws Exception {
        try (Acting acting = acting(FREEZE)) {
            acting.open();
            hear(acting, document(1, T0, "{tenant: t, services: {disk: {owner: ann}}}"));
            order(acting);
            assertThat(signals(acting))
                    .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.VALIDATED);
        }
    }

    @Test
    void aDocumentThatNobodyCanReadChangesNothing() throws Exception {
        try (Acting acting = acting("")) {
            acting.open();
            hear(acting, freeze(1, T0));
            hear(acting, document(2, T0, "{freezes: [{id: f}]}"));
            order(acting);
            assertThat(said(acting)).contains("a change freeze covers disk");
        }
    }

    /** The order needs a person as it is; whether it may run is asked again and again. */
    @Test
    void aFreezeIsHeardByAnOrderThatWaitsAlready() throws Exception {
        HeldClock clock = new HeldClock();
        try (Acting acting = acting("", clock)) {
            acting.open();
            acting.processElement(Either.Right(humanWanted()), 0);
            clock.await();
            hear(acting, freeze(1, T0));
            clock.goOnAfter(ActionRunnerTest.order().deadlineMillis());
            assertThat(said(acting))
                    .contains("the decision wants a human")
                    .contains("a change freeze covers disk");
            assertThat(world.sent()).isEmpty();
        }
    }

    private Acting acting(String control) throws Exception {
        return acting(control, new ActionRunnerTest.StandingClock());
    }

    private Acting acting(String control, ActionClock clock) throws Exception {
        return new Acting(
                new ActFunction(
                        ActionRunnerTest.rules(control), () -> world, () -> world, clock, 1, 10));
    }

    private static void hear(Acting acting, ControlUpdate update) throws Exception {
        acting.processElement(Either.Left(update), 0);
    }

    private static void order(Acting acting) throws Exception {
        acting.processElement(Either.Right(ActionRunnerTest.order()), 0);
    }

    /** Once nothing is under way any more. */
    private static List<LifecycleFact> facts(Acting acting) throws Exception {
        acting.endInput();
        return acting.extractOutputValues();
    }

    private static String said(Acting acting) throws Exception {
        List<LifecycleFact> facts = facts(acting);
        assertThat(facts)
                .extracting(LifecycleFact::signal)
                .containsExactly(LifecycleSignal.ACTION_FAILED);
        return facts.get(0).detail();
    }

    private static List<LifecycleSignal> signals(Acting acting) throws Exception {
        return facts(acting).stream().map(LifecycleFact::signal).collect(Collectors.toList());
    }

    private static ActionOrder humanWanted() {
        ActionOrder known = ActionRunnerTest.order();
        return new ActionOrder(
                ActionOrder.Kind.ACT,
                known.tenant(),
                known.incidentId(),
                1,
                known.decisionId(),
                known.action(),
                true,
                known.orderedMillis(),
                known.deadlineMillis());
    }

    private static ControlUpdate freeze(long sequence, long effective) {
        return document(sequence, effective, FREEZE);
    }

    private static ControlUpdate document(long sequence, long effective, String body) {
        return ControlUpdate.set(
                ControlKind.DOCUMENT, "t", "test", sequence, effective, "cto", body);
    }

    private static ControlUpdate withdrawn(long sequence, long effective) {
        return ControlUpdate.withdraw(ControlKind.DOCUMENT, "t", "test", sequence, effective, "c");
    }

    /** Stands still, and its pauses end when the test says so. */
    private static final class HeldClock implements ActionClock {
        private static final long serialVersionUID = 1L;
        private final transient CountDownLatch pausing = new CountDownLatch(1);
        private final transient CountDownLatch held = new CountDownLatch(1);
        private volatile long now = T0;

        void await() throws InterruptedException {
            pausing.await();
        }

        void goOnAfter(long millis) {
            now = millis;
            held.countDown();
        }

        @Override
        public long millis() {
            return now;
        }

        @Override
        public void pause() throws InterruptedException {
            pausing.countDown();
            held.await();
        }
    }
}
