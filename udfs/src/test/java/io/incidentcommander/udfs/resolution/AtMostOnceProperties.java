// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Workers that die between any two steps, in a world that forgets, and two of them at a time. */
class AtMostOnceProperties {
    private static final long TOKEN_MILLIS = 300_000;
    private static final long FORGETS_MILLIS = 600_000;
    private static final long PATIENCE = 900_000;
    private static final Action RESTART = new Action("restart", "1", "orders", Map.of());
    private static final ActionPlan PLAN =
            ActionPlan.of("decision", RESTART.id())
                    .sandbox("try", "Try")
                    .change("drain", "Drain", "Undrain")
                    .change("restart", "Restart", "Start")
                    .validate("look", "Look")
                    .build();

    @Property(tries = 3_000)
    void noStepHappensTwiceWhoeverDiesWhen(@ForAll long seed) {
        Random random = new Random(seed);
        World world = new World(random, 0.1);
        List<Worker> workers = new ArrayList<>(List.of(new Worker(world), new Worker(world)));
        for (int i = 0; i < 400; i++) {
            int which = random.nextInt(workers.size());
            if (random.nextInt(12) == 0) {
                workers.set(which, new Worker(world)); // dies; another begins by the ledger
                world.now += random.nextInt(3) == 0 ? random.nextInt(1_200_000) : 0;
            }
            workers.get(which).move();
            world.now += random.nextInt(20_000);
        }
        assertThat(world.effects.values()).allMatch(effects -> effects == 1);
        world.assertInOrder();
    }

    @Property(tries = 500)
    void aKillAtEveryStepBoundaryLeavesEachStepDoneOrWithAHuman(
            @ForAll @IntRange(max = 40) int killAt, @ForAll @IntRange(max = 1_200) int seconds) {
        World world = new World(new Random(killAt), 0);
        Worker worker = new Worker(world);
        for (int move = 0; move < 200; move++) {
            if (move == killAt) {
                worker = new Worker(world);
                world.now += seconds * 1_000L;
            }
            worker.move();
            world.now += 1_000;
        }
        assertThat(world.effects.values()).allMatch(effects -> effects == 1);
        assertThat(world.ledger.values()).allMatch(record -> record.status().isFinal());
        boolean handedOver =
                world.ledger.values().stream()
                        .anyMatch(r -> r.status() == StepRecord.Status.HANDED_OVER);
        assertThat(handedOver || world.ledger.size() == PLAN.steps().size()).isTrue();
    }

    @Property(tries = 500)
    void afterTheStopNothingIsSent(@ForAll @IntRange(max = 60) int stopAt, @ForAll long seed) {
        World world = new World(new Random(seed), 0.1);
        Worker worker = new Worker(world);
        for (int move = 0; move < 200; move++) {
            if (move == stopAt) {
                world.stopped = true;
                world.sent = 0;
            }
            if (move % 17 == 0) {
                worker = new Worker(world);
            }
            worker.move();
            world.now += 10_000;
        }
        if (world.stopped) {
            assertThat(world.sent).isZero();
        }
    }

    @Example
    void rollbackUndoesWhatWasDoneInReverseOrderWithTokensOfItsOwn() {
        List<PlanStep> back = PLAN.rollback(Set.of("drain", "restart"));

        assertThat(back).extracting(PlanStep::name).containsExactly("undo restart", "undo drain");
        assertThat(PLAN.rollback(Set.of("drain")))
                .extracting(PlanStep::document)
                .containsExactly("Undrain");
        List<UUID> tokens = new ArrayList<>();
        PLAN.steps().forEach(step -> tokens.add(step.token()));
        back.forEach(step -> tokens.add(step.token()));
        assertThat(tokens).doesNotHaveDuplicates().allMatch(token -> token.version() == 5);
    }

    @Example
    void tokensAreThoseOfTheStandardAndBelongToTheDecision() {
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

        // The example of RFC 9562, appendix A.4.
        assertThat(ClientToken.version5(dns, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
        assertThat(ClientToken.of("one", RESTART.id(), "drain"))
                .isEqualTo(ClientToken.of("one", RESTART.id(), "drain"))
                .isNotEqualTo(ClientToken.of("other", RESTART.id(), "drain"));
    }

    /** What survives the workers: the ledger, and a service that knows tokens for a while. */
    private static final class World {
        private final Map<UUID, StepRecord> ledger = new HashMap<>();
        private final Map<UUID, Long> tokens = new HashMap<>();
        private final Map<UUID, Integer> effects = new HashMap<>();
        private final List<UUID> order = new ArrayList<>();
        private final Random random;
        private final double trouble;
        private long now = 1_700_000_000_000L;
        private boolean stopped;
        private int sent;

        World(Random random, double trouble) {
            this.random = random;
            this.trouble = trouble;
        }

        /** Starts it, unless the token is known; the answer may be lost. */
        Known send(PlanStep step) {
            sent++;
            if (random.nextDouble() < trouble) {
                return Known.UNREACHABLE; // it never got there
            }
            forget();
            if (tokens.putIfAbsent(step.token(), now) == null) {
                effects.merge(step.token(), 1, Integer::sum);
                order.add(step.token());
            }
            return random.nextDouble() < trouble ? Known.UNREACHABLE : look(step);
        }

        Known look(PlanStep step) {
            if (random.nextDouble() < trouble) {
                return Known.UNREACHABLE;
            }
            forget();
            Long since = tokens.get(step.token());
            return since == null
                    ? Known.UNKNOWN
                    : now - since < 5_000 ? Known.RUNNING : Known.SUCCEEDED;
        }

        private void forget() {
            tokens.values().removeIf(since -> now - since > FORGETS_MILLIS);
        }

        void assertInOrder() {
            List<UUID> planned = new ArrayList<>();
            PLAN.steps().forEach(step -> planned.add(step.token()));
            assertThat(order).isEqualTo(planned.subList(0, order.size()));
        }
    }

    /** Does one thing a move, so that it can die before and after each. */
    private static final class Worker {
        private final AtMostOnce rules = new AtMostOnce(TOKEN_MILLIS, PATIENCE);
        private final World world;
        private Optional<StepMove> next = Optional.empty();
        private int at;

        Worker(World world) {
            this.world = world;
        }

        void move() {
            if (at == PLAN.steps().size()) {
                return;
            }
            PlanStep step = PLAN.steps().get(at);
            Optional<StepRecord> record = Optional.ofNullable(world.ledger.get(step.token()));
            if (next.isEmpty()) {
                next = Optional.of(rules.begin(step, record, world.now, world.stopped));
                if (next.get().kind() == StepMove.Kind.NOTHING) {
                    next = Optional.empty();
                    if (record.isPresent() && record.get().status() == StepRecord.Status.DONE) {
                        at++;
                    }
                }
                return;
            }
            StepMove move = next.get();
            switch (move.kind()) {
                case WRITE_INTENT:
                    boolean written =
                            world.ledger.putIfAbsent(step.token(), move.record().get()) == null;
                    next = Optional.of(rules.intentAnswered(written, world.stopped));
                    break;
                case SEND:
                    // The stop gates the very call, and so does the age of the intent.
                    if (rules.maySend(record.get(), world.now, world.stopped)) {
                        Known answer = world.send(step);
                        next =
                                Optional.of(
                                        rules.known(
                                                record.get(), answer, world.now, world.stopped));
                    } else {
                        next = Optional.empty();
                    }
                    break;
                case LOOK_UP:
                    if (record.get().status().isFinal()) {
                        next = Optional.empty();
                        break;
                    }
                    next =
                            Optional.of(
                                    rules.known(
                                            record.get(),
                                            world.look(step),
                                            world.now,
                                            world.stopped));
                    break;
                case WRITE_RESULT:
                    if (!record.get().status().isFinal()) {
                        world.ledger.put(step.token(), move.record().get());
                    }
                    next = Optional.empty();
                    break;
                default:
                    next = Optional.empty();
            }
        }
    }
}
