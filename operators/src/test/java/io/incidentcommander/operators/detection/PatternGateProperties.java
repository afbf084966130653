// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.detection.GatedPattern.Barrier;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * A pattern behind its gate finds what the pattern alone finds in all events: whatever the order of
 * arrival, with late events, at the edges of its time, with keys that leave memory, and across
 * failures.
 */
class PatternGateProperties {
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void storms(@ForAll("storms") List<Step> steps) throws Exception {
        agree(PatternCatalogue.STORM, steps);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void leaks(@ForAll("leaks") List<Step> steps) throws Exception {
        agree(PatternCatalogue.SLOW_LEAK, steps);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void flapping(@ForAll("flapping") List<Step> steps) throws Exception {
        agree(PatternCatalogue.FLAPPING, steps);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void recurrences(@ForAll("recurrences") List<Step> steps) throws Exception {
        agree(PatternCatalogue.RECURRENCE, steps);
    }

    /** Where all need the same, no cascade ends another: version 1 by tenant is the measure. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void cascadesOfOneCause(@ForAll("cascades") List<Step> steps) throws Exception {
        agree(PatternCatalogue.CASCADE, steps);
    }

    /**
     * Its key had left memory with a begun match, came back, and was in memory at the checkpoint.
     */
    @Example
    void whatIsOverStaysOverThoughTheStateIsOlder() throws Exception {
        try (var gated = new GatedPattern(PatternCatalogue.RECURRENCE, 1)) {
            gated.push(of("a", Kind.FIXED, 1_000)).upTo(1_500);
            gated.push(of("b", Kind.FIXED, 2_000)).upTo(2_500);
            gated.push(of("c", Kind.FIXED, 3_000)).upTo(3_500);
            gated.push(of("a", Kind.OPENED, 4_000)).upTo(4_500);
            gated.barrier(Barrier.FAIL);
            gated.push(of("a", Kind.OPENED, 5_000)).upTo(5_500);

            assertThat(gated.matches())
                    .extracting(PatternMatch::lastMillis)
                    .containsExactly(4_000L);
        }
    }

    private static DetectionEvent of(String tenant, Kind kind, long time) {
        return new DetectionEvent(
                kind, new AlertId("kafka", "p0", time, 0), tenant, "web", "it", time, 1, List.of());
    }

    private static void agree(PatternSpec spec, List<Step> steps) throws Exception {
        List<DetectionEvent> events = events(spec, steps);
        List<Integer> arrival =
                IntStream.range(0, events.size())
                        .boxed()
                        .sorted(
                                Comparator.comparingLong(
                                        i -> events.get(i).eventTimeMillis() + steps.get(i).delay))
                        .collect(Collectors.toList());
        try (var alone = PatternHarness.of(spec);
                var gated = new GatedPattern(spec, 1)) {
            long watermark = Long.MIN_VALUE;
            for (int i : arrival) {
                Step step = steps.get(i);
                alone.push(events.get(i));
                gated.push(events.get(i));
                gated.barrier(step.barrier);
                if (step.barrier == Barrier.FAIL) {
                    // A source sends its watermark again before anything else.
                    gated.upTo(watermark);
                }
                watermark = Math.max(watermark, events.get(i).eventTimeMillis() - step.slack);
                alone.upTo(watermark);
                gated.upTo(watermark);
            }
            alone.upTo(Long.MAX_VALUE);
            List<PatternMatch> expected =
                    spec.rest().isZero() ? alone.matches() : resting(spec, inTime(alone, events));
            assertThat(gated.matches()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(gated.late())
                    .containsExactlyElementsOf(Outputs.side(alone, DetectPatterns.LATE));
            assertThat(gated.passed())
                    .isEqualTo(expected.stream().mapToInt(m -> m.evidence().size()).sum());
            assertThat(gated.entries()).isZero();
            assertThat(gated.timers()).isZero();
            Statistics.label("matches").collect(Math.min(3, expected.size()));
            Statistics.label("late").collect(!gated.late().isEmpty());
        }
    }

    private static List<DetectionEvent> inTime(PatternHarness alone, List<DetectionEvent> events) {
        List<DetectionEvent> inTime = new ArrayList<>(events);
        inTime.removeAll(Outputs.side(alone, DetectPatterns.LATE));
        inTime.sort(DetectionEvent.IN_TIME);
        return inTime;
    }

    /**
     * By the pattern alone: after its first match it is asked anew, of what is left behind a rest.
     */
    private static List<PatternMatch> resting(PatternSpec spec, List<DetectionEvent> inTime)
            throws Exception {
        List<PatternMatch> matches = new ArrayList<>();
        Map<String, List<DetectionEvent>> byTenant =
                inTime.stream().collect(Collectors.groupingBy(DetectionEvent::tenant));
        for (List<DetectionEvent> left : byTenant.values()) {
            Optional<PatternMatch> first = first(spec, left);
            while (first.isPresent()) {
                matches.add(first.get());
                long again = first.get().lastMillis() + spec.rest().toMillis();
                left.removeIf(event -> event.eventTimeMillis() < again);
                first = first(spec, left);
            }
        }
        return matches;
    }

    private static Optional<PatternMatch> first(PatternSpec spec, List<DetectionEvent> events)
            throws Exception {
        try (var alone = PatternHarness.of(spec)) {
            alone.push(events.toArray(DetectionEvent[]::new));
            return alone.upTo(Long.MAX_VALUE).matches().stream().findFirst();
        }
    }

    private static List<DetectionEvent> events(PatternSpec spec, List<Step> steps) {
        List<DetectionEvent> events = new ArrayList<>();
        Map<String, Long> before = new HashMap<>();
        long time = 1_000_000;
        for (Step step : steps) {
            // Of the readings of one time the gate keeps one.
            time += step.kind == Kind.READING ? Math.max(1, step.gap) : step.gap;
            String tenant = "t" + step.tenant;
            AlertId id = new AlertId("kafka", "p0", events.size(), 0);
            if (step.kind == Kind.CROWD) {
                long counted = before.merge(tenant, (long) step.number, Long::sum) - step.number;
                events.add(DetectionEvent.crowd(id, tenant, "web", time, step.number, counted));
            } else {
                boolean isOnset = step.kind == Kind.ONSET;
                String service = isOnset ? "s" + step.number : "web";
                List<String> needs =
                        isOnset && step.number > 0 ? List.of("x", "s0", "y") : List.of("z");
                events.add(
                        new DetectionEvent(
                                step.kind, id, tenant, service, "it", time, step.number, needs));
            }
        }
        assertThat(spec.within()).isPositive();
        return events;
    }

    @Provide
    Arbitrary<List<Step>> storms() {
        return steps(List.of(Kind.CROWD), numbers(1, 9), 60_000, 8);
    }

    @Provide
    Arbitrary<List<Step>> leaks() {
        // Mostly up.
        return steps(List.of(Kind.READING), numbers(0, 9), 1_800_000, 8)
                .map(
                        steps -> {
                            int[] level = {100, 100, 100};
                            for (Step step : steps) {
                                int by = step.number == 0 ? -9 : step.number == 1 ? 0 : step.number;
                                step.number = level[step.tenant] += by;
                            }
                            return steps;
                        });
    }

    @Provide
    Arbitrary<List<Step>> flapping() {
        return steps(
                List.of(Kind.CLEARED, Kind.FIRING, Kind.CLEARED, Kind.FIRING),
                numbers(0, 1),
                900_000,
                5);
    }

    @Provide
    Arbitrary<List<Step>> recurrences() {
        return steps(List.of(Kind.FIXED, Kind.OPENED), numbers(0, 1), 86_400_000, 2);
    }

    @Provide
    Arbitrary<List<Step>> cascades() {
        return steps(List.of(Kind.ONSET), numbers(0, 4), 300_000, 3);
    }

    private static Arbitrary<Integer> numbers(int from, int to) {
        return Arbitraries.integers().between(from, to);
    }

    /** Often about as many within the time as a match takes; often at its very edge. */
    private static Arbitrary<List<Step>> steps(
            List<Kind> kinds, Arbitrary<Integer> numbers, int within, int events) {
        Arbitrary<Integer> gaps =
                Arbitraries.frequencyOf(
                        Tuple.of(4, numbers(0, within / events)),
                        Tuple.of(8, numbers(0, within / (9 * events))),
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        0,
                                        1,
                                        within - 1,
                                        within,
                                        within + 1,
                                        within / 2,
                                        within / (events - 1),
                                        within / (events - 1) - 1)));
        Arbitrary<Integer> delays =
                Arbitraries.frequencyOf(
                        Tuple.of(20, Arbitraries.just(0)),
                        Tuple.of(4, numbers(0, within / events)),
                        Tuple.of(1, numbers(0, within)));
        Arbitrary<Integer> slack =
                Arbitraries.of(1, within / events, within / events, within / events, within);
        Arbitrary<Integer> tenants =
                Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(4, 1), Tuple.of(2, 2));
        Arbitrary<Barrier> barriers =
                Arbitraries.frequency(
                        Tuple.of(12, Barrier.NONE),
                        Tuple.of(2, Barrier.GO_ON),
                        Tuple.of(1, Barrier.FAIL));
        return Combinators.combine(
                        Arbitraries.of(kinds), numbers, gaps, delays, slack, tenants, barriers)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** An event, how much later it arrives, and what happens then. */
    private static final class Step {
        final Kind kind;
        int number;
        final int gap;
        final int delay;
        final int slack;
        final int tenant;
        final Barrier barrier;

        Step(Kind kind, int number, int gap, int delay, int slack, int tenant, Barrier barrier) {
            this.kind = kind;
            this.number = number;
            this.gap = gap;
            this.delay = delay;
            this.slack = slack;
            this.tenant = tenant;
            this.barrier = barrier;
        }

        @Override
        public String toString() {
            return kind + " " + number + " +" + gap + " delay " + delay + " slack " + slack + " t"
                    + tenant + " " + barrier;
        }
    }
}
