// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import static io.incidentcommander.operators.Alerts.notable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.ServiceSecond;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reduction on each subtask, and the sample after the shuffle. */
class SampleOperatorsTest {
    private static final int PER_SECOND = 5;

    @Test
    void partsGoBeforeTheWatermarkTheBarrierAndTheEnd() throws Exception {
        try (var reduce = reduce()) {
            reduce.processElement(notable(1, "orders", Severity.LOW, 100), 100);
            assertThat(reduce.getOutput()).isEmpty();
            reduce.processWatermark(99);
            assertThat(reduce.getOutput()).hasSize(2).last().isEqualTo(new Watermark(99));

            reduce.processElement(notable(2, "orders", Severity.LOW, 100), 100);
            reduce.prepareSnapshotPreBarrier(1);
            assertThat(reduce.extractOutputValues()).hasSize(2);

            reduce.processElement(notable(3, "orders", Severity.LOW, 100), 100);
            reduce.processElement(notable(3, "payments", Severity.LOW, 100), 100);
            reduce.processElement(notable(3, "orders", Severity.LOW, 1_100), 1_100);
            reduce.getOperator().finish();
            assertThat(reduce.extractOutputValues()).hasSize(5);
            assertThat(reduce.extractOutputValues())
                    .allMatch(part -> part.candidates().size() == 1);
        }
    }

    @Test
    void timeGoesOnOnlyAsFarAsSecondsAreClosed() throws Exception {
        try (var sample = sample(new HashMapStateBackend(), null)) {
            sample.processElement(part(4_300, 1), 4_300);
            sample.processWatermark(4_499);
            assertThat(sample.getOutput()).containsExactly(new Watermark(3_999));
            sample.processWatermark(4_999);
            assertThat(sample.getOutput()).hasSize(3).last().isEqualTo(new Watermark(4_999));
            sample.processWatermark(Long.MAX_VALUE);
            assertThat(sample.getOutput()).last().isEqualTo(Watermark.MAX_WATERMARK);
        }
    }

    @Test
    void aStormIsReducedToTheBudgetAndTheRestIsAccountedForOnce() throws Exception {
        try (var reduce = reduce()) {
            for (int i = 0; i < 100; i++) {
                Severity severity = i % 50 == 0 ? Severity.CRITICAL : Severity.LOW;
                reduce.processElement(notable(i, "orders", severity, i), i);
            }
            reduce.prepareSnapshotPreBarrier(1);

            ServiceSecond part = reduce.extractOutputValues().get(0);
            assertThat(reduce.extractOutputValues()).hasSize(1);
            assertThat(part.candidates()).hasSize(PER_SECOND);
            assertThat(part.leftOut(Severity.LOW)).isEqualTo(95);
            assertThat(Outputs.counted(reduce, "kafka", Disposition.SAMPLED_OUT)).isEqualTo(95);
            assertThat(Outputs.fates(reduce))
                    .extracting(AlertFate::alertId)
                    .hasSize(95)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anOpenSecondSurvivesARestoreAndIsEmittedInOrderOfTime(StateBackend backend)
            throws Exception {
        OperatorSubtaskState state;
        try (var before = sample(backend, null)) {
            before.processElement(part(9, 30), 0);
            before.processElement(part(20, 10), 0);
            before.prepareSnapshotPreBarrier(1);
            state = before.snapshot(1, 1);
        }
        try (var after = sample(backend, state)) {
            after.processWatermark(998);
            assertThat(after.extractOutputValues()).isEmpty();
            after.processWatermark(999);

            List<NotableAlert> kept = after.extractOutputValues();
            assertThat(kept).hasSize(PER_SECOND).isSortedAccordingTo(NotableAlert.IN_TIME);
            assertThat(kept.stream().mapToDouble(NotableAlert::weight).sum())
                    .isEqualTo(40, within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatComesAfterARestoreIsOfTheSameSecondsAndLeavesInOrderOfTime(StateBackend backend)
            throws Exception {
        OperatorSubtaskState state;
        try (var before = sample(backend, null)) {
            before.processElement(part(0, 2), 0);
            before.processElement(part(1_000, 2), 1_000);
            before.prepareSnapshotPreBarrier(1);
            before.snapshot(1, 1);
            before.processElement(part(2, 1), 0);
            before.prepareSnapshotPreBarrier(2);
            state = before.snapshot(2, 2);
        }
        try (var after = sample(backend, state)) {
            after.processElement(part(1_010, 2), 1_010);
            after.processElement(part(2_000, 2), 2_000);
            after.prepareSnapshotPreBarrier(3);
            after.snapshot(3, 3);
            after.processWatermark(2_999);

            assertThat(after.extractOutputValues())
                    .extracting(n -> n.alert().eventTimeMillis())
                    .containsExactly(0L, 1L, 2L, 1_000L, 1_001L, 1_010L, 1_011L, 2_000L, 2_001L);
            after.processWatermark(2_999 + 3_000);
            if (backend instanceof HashMapStateBackend) { // RocksDB does not count.
                assertThat(after.numKeyedStateEntries()).isZero();
            }
            assertThat(after.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aLatePartIsJudgedByTheThresholdAlsoAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var before = sample(new HashMapStateBackend(), null)) {
            before.processElement(part(0, 10), 0);
            before.processWatermark(999);
            before.processElement(late(100), 0);
            assertThat(before.extractOutputValues()).hasSize(PER_SECOND + 2);
            before.prepareSnapshotPreBarrier(1);
            assertThat(Outputs.counted(before, "kafka", Disposition.SAMPLED_OUT)).isEqualTo(6);
            state = before.snapshot(1, 1);
        }
        try (var after = sample(new HashMapStateBackend(), state)) {
            after.processElement(late(200), 0);

            assertThat(after.extractOutputValues())
                    .extracting(n -> n.alert().severity())
                    .containsExactly(Severity.CRITICAL, Severity.HIGH);
        }
    }

    @Test
    void nothingIsLeftAfterTheLateMemory() throws Exception {
        try (var sample = sample(new HashMapStateBackend(), null)) {
            for (int second = 0; second < 5; second++) {
                sample.processElement(part(second * 1_000, 3), 0);
                sample.processWatermark(second * 1_000 + 999);
            }
            sample.processElement(part(0, 3), 0);
            assertThat(sample.numKeyedStateEntries()).isPositive();

            sample.processWatermark(4_999 + 3_000);

            assertThat(sample.numKeyedStateEntries()).isZero();
            assertThat(sample.numEventTimeTimers()).isZero();
        }
    }

    /** So many LOW alerts, from the offset on, in the second of it. */
    private static ServiceSecond part(int from, int n) {
        List<NotableAlert> alerts = new ArrayList<>();
        for (int i = n - 1; i >= 0; i--) {
            alerts.add(notable(from + i, "orders", Severity.LOW, from + i));
        }
        return second(from / 1_000 * 1_000, alerts);
    }

    /** One that passes any bar, one over the bar, and one under it. */
    private static ServiceSecond late(int fingerprint) {
        return second(
                0,
                List.of(
                        notable(fingerprint, "orders", Severity.CRITICAL, 7),
                        notable(fingerprint + 1, "orders", Severity.HIGH, 7),
                        notable(fingerprint + 2, "orders", Severity.LOW, 7)));
    }

    private static ServiceSecond second(long millis, List<NotableAlert> alerts) {
        return new ServiceSecond(
                "acme", "orders", millis, alerts, new long[Severity.values().length]);
    }

    private static OneInputStreamOperatorTestHarness<NotableAlert, ServiceSecond> reduce()
            throws Exception {
        OneInputStreamOperatorTestHarness<NotableAlert, ServiceSecond> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ReduceSampleOperator(PER_SECOND, FateDetail.ALL_BUT_REPEATS));
        harness.open();
        return harness;
    }

    /** A late memory of 2.5 s, which is no whole number of seconds. */
    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple2<String, String>, ServiceSecond, NotableAlert>
            sample(StateBackend backend, OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Tuple2<String, String>, ServiceSecond, NotableAlert>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new PrioritySampleOperator(
                                        PER_SECOND, 2_500, FateDetail.ALL_BUT_REPEATS),
                                AlertKey.OF_SECOND,
                                AlertKey.SERVICE_TYPE);
        harness.setStateBackend(backend);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }
}
