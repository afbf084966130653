// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LifecycleProperties {
    private static final long T0 = 1_700_000_000_000L;
    private static final String ID = "00";
    private static final Lifecycle LIFECYCLE =
            new Lifecycle(
                    LifecyclePolicy.defaults(), IncidentCost.supporting(new BigDecimal("100")));

    @Property(tries = 1_000)
    void fromWhereverFactsLeadDeadlinesAloneLeadToTheEnd(@ForAll long seed) {
        Run run = random(seed, 40);
        int deadlines = 0;
        while (run.course.isPresent()) {
            long due = run.course.get().deadlineMillis();
            LifecycleStep step = run.apply(fact(LifecycleSignal.DEADLINE, due, 0));
            assertThat(step.refusal()).isEmpty();
            assertThat(++deadlines).as("deadlines until it is over").isLessThan(20);
        }
        assertThat(run.events.get(run.events.size() - 1).incident().isClosed()).isTrue();
    }

    @Property(tries = 1_000)
    void theChainIsWholeAndTimeNeverGoesBack(@ForAll long seed) {
        Run run = random(seed, 60);

        assertThat(IncidentEventChain.verify(run.events)).isEmpty();
        long last = 0;
        BigDecimal cost = BigDecimal.ZERO;
        for (IncidentEvent event : run.events) {
            assertThat(event.eventTimeMillis()).isGreaterThanOrEqualTo(last);
            last = event.eventTimeMillis();
            assertThat(event.incident().costUsd()).isGreaterThanOrEqualTo(cost);
            cost = event.incident().costUsd();
        }
        run.course.ifPresent(
                course -> {
                    assertThat(course.head())
                            .isEqualTo(run.events.get(run.events.size() - 1).head());
                    assertThat(course.incident())
                            .isEqualTo(run.events.get(run.events.size() - 1).incident());
                    assertThat(course.deadlineMillis()).isGreaterThan(course.phaseSinceMillis());
                });
    }

    @Property(tries = 500)
    void theSameFactsMakeTheSameEvents(@ForAll long seed) {
        assertThat(random(seed, 40).events).isEqualTo(random(seed, 40).events);
    }

    @Property(tries = 500)
    void timersThatFireEarlyLateOrTwiceChangeNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<LifecycleFact> facts = facts(random, 30);
        facts.sort((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
        Run without = new Run();
        Run with = new Run();
        for (LifecycleFact fact : facts) {
            without.apply(fact);
            // Whatever the watermark does between two facts, it is not past the second one.
            while (with.course.isPresent()
                    && random.nextBoolean()
                    && with.course.get().deadlineMillis() < fact.timeMillis()) {
                with.apply(fact(LifecycleSignal.DEADLINE, with.course.get().deadlineMillis(), 0));
            }
            if (random.nextBoolean() && with.course.isPresent()) {
                with.apply(fact(LifecycleSignal.DEADLINE, with.course.get().phaseSinceMillis(), 0));
            }
            with.apply(fact);
        }
        assertThat(with.events).isEqualTo(without.events);
        assertThat(with.course).isEqualTo(without.course);
    }

    @Property(tries = 500)
    void aRepeatedResultOfAnAttemptIsRefusedOrKnown(@ForAll long seed) {
        Random random = new Random(seed);
        Run run = new Run();
        for (LifecycleFact fact : facts(random, 30)) {
            LifecycleStep first = run.apply(fact);
            if (first.refusal().isPresent() || first.course().isEmpty()) {
                continue;
            }
            IncidentState state = first.course().get().state();
            Optional<IncidentState> again = run.peek(fact).course().map(IncidentCourse::state);
            boolean moves =
                    EnumSet.of(LifecycleSignal.MERGED, LifecycleSignal.QUIET)
                            .contains(fact.signal());
            if (!moves) {
                assertThat(again).as(fact + " twice").contains(state);
            }
        }
    }

    @Property(tries = 300)
    void resultsOfAnEarlierAttemptNeverMoveALaterOne(@ForAll long seed) {
        Run run = random(seed, 40);
        run.course
                .filter(course -> course.attempt() > 1)
                .ifPresent(
                        course -> {
                            for (LifecycleSignal signal : LifecycleSignal.values()) {
                                LifecycleFact old =
                                        fact(
                                                signal,
                                                course.incident().updatedAtMillis(),
                                                course.attempt() - 1);
                                if (signal != LifecycleSignal.DEADLINE
                                        && signal != LifecycleSignal.LAST_DEADLINE) {
                                    assertThat(run.peek(old).events()).as(signal.word()).isEmpty();
                                }
                            }
                        });
    }

    @Example
    void everyStateIsReachedByTheTableAndHasAWayOutByDeadline() {
        Set<IncidentState> reached = new HashSet<>(Set.of(IncidentState.DETECTED));
        for (int i = 0; i < IncidentState.values().length; i++) {
            for (Transition row : LifecycleTable.rows()) {
                if (reached.contains(row.from())) {
                    row.to().ifPresent(reached::add);
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(IncidentState.values());
        for (IncidentState state : IncidentState.values()) {
            assertThat(LifecycleTable.at(state, LifecycleSignal.DEADLINE)).isPresent();
        }
    }

    @Example
    void whatMeansNothingIsRefusedWithAReasonForEveryStateAndSignal() {
        int refused = 0;
        for (IncidentState state : IncidentState.values()) {
            IncidentCourse course =
                    IncidentCourse.builder(incident(1).toBuilder().state(state).build())
                            .phase(T0, T0 + 1_000)
                            .build();
            for (LifecycleSignal signal : LifecycleSignal.values()) {
                LifecycleStep step =
                        LIFECYCLE.apply(Optional.of(course), fact(signal, T0 + 500, 1));
                if (step.refusal().isPresent()) {
                    refused++;
                    assertThat(step.events()).isEmpty();
                    assertThat(step.course()).contains(course);
                }
            }
        }
        assertThat(refused).isGreaterThan(80);
    }

    private static Run random(long seed, int facts) {
        Run run = new Run();
        facts(new Random(seed), facts).forEach(run::apply);
        return run;
    }

    /** Opened, then anything, often what fits, at times that sometimes go back. */
    private static List<LifecycleFact> facts(Random random, int count) {
        List<LifecycleFact> facts = new ArrayList<>();
        facts.add(LifecycleFact.seen(LifecycleSignal.OPENED, incident(1), T0, "first alert"));
        long time = T0;
        List<LifecycleSignal> road =
                Arrays.asList(
                        LifecycleSignal.DIAGNOSED,
                        LifecycleSignal.ACTION_DECIDED,
                        LifecycleSignal.STEP_DONE,
                        LifecycleSignal.ACTION_DONE,
                        LifecycleSignal.VALIDATED,
                        LifecycleSignal.RETURNED);
        for (int i = 0; i < count; i++) {
            time += random.nextInt(4) == 0 ? random.nextInt(400_000) : random.nextInt(15_000);
            long at = random.nextInt(8) == 0 ? time - random.nextInt(100_000) : time;
            LifecycleSignal signal =
                    random.nextBoolean()
                            ? road.get(i % road.size())
                            : LifecycleSignal.values()[
                                    random.nextInt(LifecycleSignal.values().length)];
            int attempt = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
            if (signal == LifecycleSignal.OPENED || signal == LifecycleSignal.MERGED) {
                signal = LifecycleSignal.UPDATED;
            }
            facts.add(
                    signal == LifecycleSignal.UPDATED
                            ? LifecycleFact.seen(signal, incident(1 + i), at, "grew")
                            : fact(signal, at, attempt));
        }
        return facts;
    }

    private static LifecycleFact fact(LifecycleSignal signal, long time, int attempt) {
        LifecycleFact fact =
                LifecycleFact.of("acme", ID, signal, time, attempt, "somebody", "because");
        return signal == LifecycleSignal.SEVERITY_SET ? fact.withSeverity(Severity.LOW) : fact;
    }

    private static Incident incident(int alerts) {
        return Incident.builder()
                .incidentId(ID)
                .tenant("acme")
                .severity(Severity.values()[alerts % Severity.values().length])
                .services(Collections.singletonList("s" + alerts % 5))
                .openedAtMillis(T0)
                .updatedAtMillis(T0)
                .alertCount(alerts)
                .title("orders is slow")
                .build();
    }

    /** One incident, and all that was told of it. */
    private static final class Run {
        private Optional<IncidentCourse> course = Optional.empty();
        private final List<IncidentEvent> events = new ArrayList<>();

        LifecycleStep apply(LifecycleFact fact) {
            LifecycleStep step = LIFECYCLE.apply(course, fact);
            course = step.course();
            events.addAll(step.events());
            return step;
        }

        LifecycleStep peek(LifecycleFact fact) {
            return LIFECYCLE.apply(course, fact);
        }
    }

    @Example
    void aChainBeginsAtGenesis() {
        Run run = random(1, 0);

        assertThat(run.events.get(0).previousHash()).isEqualTo(ChainHead.GENESIS_HASH);
    }
}
