// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.audit.FateDetail;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Neither the size of the working set, nor failures, nor rescaling change what goes on. */
class DeduplicateOperatorProperties {
    private static final int LARGE = 1_000;

    @Property(tries = 60)
    void aTinyWorkingSetGivesTheSameOutput(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 3) int generation)
            throws Exception {
        try (DedupHarness large = harness(LARGE);
                DedupHarness tiny = harness(generation)) {
            for (Step step : steps) {
                step.on(large);
                step.on(tiny);
            }
            assertEndEqually(large, tiny);
        }
    }

    @Property(tries = 40)
    void rescalingOneTwoFourGivesTheSameOutput(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = 0, max = 30) int firstCut,
            @ForAll @IntRange(min = 0, max = 30) int secondCut,
            @ForAll @IntRange(min = 1, max = 3) int generation)
            throws Exception {
        int toTwo = Math.min(steps.size(), Math.min(firstCut, secondCut));
        int toFour = Math.min(steps.size(), Math.max(firstCut, secondCut));
        try (DedupHarness whole = harness(LARGE);
                DedupHarness one = harness(generation)) {
            for (Step step : steps) {
                step.on(whole);
            }
            drive(one, steps.subList(0, toTwo));
            try (DedupHarness two = one.restoredWith(2, 1_000)) {
                drive(two, steps.subList(toTwo, toFour));
                try (DedupHarness four = two.restoredWith(4, 1_001)) {
                    drive(four, steps.subList(toFour, steps.size()));
                    assertEndEqually(whole, one, two, four);
                }
            }
        }
    }

    private static void assertEndEqually(DedupHarness expected, DedupHarness... parts)
            throws Exception {
        DedupHarness last = parts[parts.length - 1];
        for (DedupHarness ending : List.of(expected, last)) {
            ending.watermark(Long.MAX_VALUE);
            ending.barrier(2_000);
            assertThat(ending.timers()).isZero();
            assertThat(ending.entries()).isZero();
        }
        assertThat(List.of(parts).stream().flatMap(p -> p.notified().stream()))
                .containsExactlyInAnyOrderElementsOf(expected.notified());
    }

    private static void drive(DedupHarness harness, List<Step> steps) throws Exception {
        for (Step step : steps) {
            step.on(harness);
        }
    }

    private static DedupHarness harness(int generation) throws Exception {
        return new DedupHarness(
                1, FateDetail.ALL_BUT_REPEATS, generation, new HashMapStateBackend());
    }

    /** Time goes on by and by, and runs come up to a second out of order, but not late. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> step =
                Combinators.combine(
                                Arbitraries.integers().between(1, 6),
                                Arbitraries.of(Severity.LOW, Severity.HIGH),
                                Arbitraries.of(
                                        AlertStatus.FIRING,
                                        AlertStatus.FIRING,
                                        AlertStatus.RESOLVED),
                                Arbitraries.longs().between(0, 1_000),
                                Arbitraries.of(0L, 0L, 0L, 200L, 600L, 11_000L),
                                Arbitraries.of(Action.RUN, Action.RUN, Action.RUN, Action.BARRIER))
                        .as(Step::new);
        return step.list().ofMinSize(1).ofMaxSize(40).map(DeduplicateOperatorProperties::inTime);
    }

    private static List<Step> inTime(List<Step> steps) {
        long now = 0;
        for (int i = 0; i < steps.size(); i++) {
            now += steps.get(i).forward;
            steps.get(i).now = now;
            steps.get(i).number = i;
        }
        return steps;
    }

    private enum Action {
        RUN,
        BARRIER
    }

    /** A run that is not late, or a barrier; then the watermark follows. */
    private static final class Step {
        private final int fingerprint;
        private final Severity severity;
        private final AlertStatus status;
        private final long after;
        private final long forward;
        private final Action action;
        private long now;
        private int number;

        Step(
                int fingerprint,
                Severity severity,
                AlertStatus status,
                long after,
                long forward,
                Action action) {
            this.fingerprint = fingerprint;
            this.severity = severity;
            this.status = status;
            this.after = after;
            this.forward = forward;
            this.action = action;
        }

        void on(DedupHarness harness) throws Exception {
            harness.watermark(Math.floorDiv(now, Alerts.SLICE_MILLIS) * Alerts.SLICE_MILLIS - 1);
            if (action == Action.RUN) {
                long unique = now + after / 50 * 50 + number;
                AlertRun run = Alerts.run(fingerprint, severity, status, unique);
                harness.run(run);
            } else {
                harness.barrier(number);
            }
        }

        @Override
        public String toString() {
            return action
                    + " "
                    + fingerprint
                    + " "
                    + severity
                    + " "
                    + status
                    + " at "
                    + now
                    + "+"
                    + after;
        }
    }
}
