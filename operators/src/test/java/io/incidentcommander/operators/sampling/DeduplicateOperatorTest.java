// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import static io.incidentcommander.operators.Alerts.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import java.util.stream.Stream;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeduplicateOperatorTest {
    @ParameterizedTest
    @MethodSource("backends")
    void pendingRunsAreDecidedAfterARestoreThoughNothingElseComes(StateBackend backend)
            throws Exception {
        try (DedupHarness before = new DedupHarness(1, FateDetail.ALL_BUT_REPEATS, 9, backend)) {
            before.run(run(1, Severity.HIGH, AlertStatus.FIRING, 10, 40, 3));
            before.run(run(1, Severity.HIGH, AlertStatus.FIRING, 5, 20, 2));
            before.run(run(2, Severity.LOW, AlertStatus.FIRING, 30));
            assertThat(before.notified()).isEmpty();

            try (DedupHarness after = before.restoredWith(1, 1)) {
                after.watermark(498);
                assertThat(after.notified()).isEmpty();
                after.watermark(499);

                before.watermark(499);
                assertThat(after.notified())
                        .hasSize(2)
                        .containsExactlyInAnyOrderElementsOf(before.notified());
            }
        }
    }

    @Test
    void nothingIsLeftOnceTheMemoryHasPassed() throws Exception {
        try (DedupHarness harness = DedupHarness.single()) {
            for (long time = 0; time < 5_000; time += 100) {
                harness.run(run((int) (time % 3), Severity.HIGH, AlertStatus.FIRING, time));
                harness.watermark(time - 300);
                harness.barrier(time);
            }
            harness.watermark(4_999 + DedupHarness.QUIET_MILLIS - 500);
            harness.barrier(5_000);
            assertThat(harness.entries()).isPositive();

            harness.watermark(5_499 + DedupHarness.QUIET_MILLIS);
            harness.barrier(5_001);

            assertThat(harness.timers()).isZero();
            assertThat(harness.entries()).isZero();
        }
    }

    @Test
    void thereIsOneTimerForEachKnownFingerprint() throws Exception {
        try (DedupHarness harness = DedupHarness.single()) {
            for (int i = 0; i < 20; i++) {
                long time = 500L * i;
                harness.run(run(1, Severity.HIGH, AlertStatus.FIRING, time));
                harness.run(run(2, Severity.HIGH, AlertStatus.FIRING, time + 1));
                harness.barrier(i);
                assertThat(harness.timers()).isEqualTo(i == 0 ? 0 : 2);
                harness.watermark(time + 499);
                assertThat(harness.timers()).isEqualTo(2);
            }
        }
    }

    @Test
    void aFingerprintThatGoesOnIsRememberedAcrossManyMemories() throws Exception {
        try (DedupHarness harness = DedupHarness.single()) {
            for (long time = 0; time < 10 * DedupHarness.QUIET_MILLIS; time += 9_000) {
                harness.run(run(1, Severity.HIGH, AlertStatus.FIRING, time));
                harness.watermark(time + 499);
                harness.barrier(time);
            }
            assertThat(harness.notified()).hasSize(1);
            assertThat(harness.timers()).isEqualTo(1);
        }
    }

    @Test
    void aRunAfterItsSliceWasClosedIsDecidedAtOnce() throws Exception {
        try (DedupHarness harness = DedupHarness.single()) {
            harness.run(run(1, Severity.LOW, AlertStatus.FIRING, 600));
            harness.watermark(999);

            harness.run(run(1, Severity.LOW, AlertStatus.RESOLVED, 100));
            harness.run(run(1, Severity.LOW, AlertStatus.FIRING, 700, 800, 4));
            harness.run(run(1, Severity.CRITICAL, AlertStatus.FIRING, 200));
            harness.run(run(2, Severity.LOW, AlertStatus.FIRING, 300));
            harness.barrier(1);

            assertThat(harness.notified())
                    .containsExactly(
                            "kafka:p0:600:1 NEW LOW FIRING at 600",
                            "kafka:p0:200:1 ESCALATED CRITICAL FIRING at 200",
                            "kafka:p0:300:2 NEW LOW FIRING at 300");
            assertThat(Outputs.counted(harness.first(), "kafka", Disposition.LATE)).isEqualTo(1);
            assertThat(Outputs.counted(harness.first(), "kafka", Disposition.DUPLICATE))
                    .isEqualTo(4);
            assertThat(Outputs.fates(harness.first()))
                    .singleElement()
                    .satisfies(f -> assertThat(f.disposition()).isEqualTo(Disposition.LATE));
        }
    }

    @Test
    void aSliceThatWasDecidedStaysDecidedAfterARestore() throws Exception {
        try (DedupHarness before = DedupHarness.single()) {
            before.run(run(1, Severity.LOW, AlertStatus.FIRING, 10));
            before.watermark(499);
            try (DedupHarness after = before.restoredWith(2, 1)) {
                after.run(run(1, Severity.LOW, AlertStatus.FIRING, 5, 20, 7));
                after.watermark(20_999);
                after.barrier(2);

                assertThat(after.notified()).isEmpty();
                assertThat(after.timers()).isZero();
                assertThat(after.entries()).isZero();
            }
        }
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }
}
