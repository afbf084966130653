// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SilenceWatchOperatorTest {
    private static final ControlSettings EXPECTING =
            new ControlSettings(
                    List.of(
                            new ControlFile(
                                    "c.yaml",
                                    "tenant: acme\n"
                                            + "services:\n"
                                            + "  orders:\n"
                                            + "    expected:\n"
                                            + "    - {matchers: ['alertname=\"disk full\"'],"
                                            + " within: 60 s}\n")),
                    10);

    @Test
    void whatIsNeverHeardIsToldOnceAtItsTimeThoughItsServiceNeverSaidAnything() throws Exception {
        try (var watch = watch(EXPECTING, null)) {
            watch.processWatermark(10_000);
            watch.processWatermark(69_999);
            assertThat(watch.extractOutputValues()).isEmpty();
            watch.processWatermark(70_000);
            watch.processWatermark(500_000);
            assertThat(watch.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            match -> {
                                assertThat(match.kind()).isEqualTo(PatternKind.SILENT_FAILURE);
                                assertThat(match.services()).containsExactly("orders");
                                assertThat(match.firstMillis()).isEqualTo(10_000);
                                assertThat(match.lastMillis()).isEqualTo(70_000);
                            });
        }
    }

    @Test
    void aSignalArmsAnewAndAfterItsReturnSilenceIsToldAgainAlsoAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var watch = watch(EXPECTING, null)) {
            watch.processWatermark(10_000);
            heard(watch, 50_000);
            watch.processWatermark(109_999);
            assertThat(watch.extractOutputValues()).isEmpty();
            state = watch.snapshot(1, 1);
        }
        try (var watch = watch(EXPECTING, state)) {
            watch.processWatermark(110_000);
            assertThat(watch.extractOutputValues()).hasSize(1);
            heard(watch, 120_000);
            watch.processWatermark(180_000);
            assertThat(watch.extractOutputValues())
                    .extracting(PatternMatch::lastMillis)
                    .containsExactly(110_000L, 180_000L);
        }
    }

    @Test
    void aSignalThatIsHeardOftenWaitsWithOneTimer() throws Exception {
        try (var watch = watch(EXPECTING, null)) {
            watch.processWatermark(10_000);
            for (int i = 0; i < 100; i++) {
                heard(watch, 10_001 + 100 * i);
            }
            assertThat(watch.numEventTimeTimers()).isEqualTo(1);
            watch.processWatermark(79_900);
            assertThat(watch.extractOutputValues()).isEmpty();
            watch.processWatermark(79_901);
            assertThat(watch.extractOutputValues())
                    .extracting(PatternMatch::lastMillis)
                    .containsExactly(79_901L);
        }
    }

    @Test
    void theEndOfInputIsNotSilenceAndLeavesNothing() throws Exception {
        try (var watch = watch(EXPECTING, null)) {
            watch.processWatermark(10_000);
            watch.processWatermark(Long.MAX_VALUE);
            assertThat(watch.extractOutputValues()).isEmpty();
            assertThat(watch.numKeyedStateEntries()).isZero();
            assertThat(watch.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatTheCatalogueNoLongerExpectsIsForgotten() throws Exception {
        OperatorSubtaskState state;
        try (var watch = watch(EXPECTING, null)) {
            watch.processWatermark(10_000);
            state = watch.snapshot(1, 1);
        }
        try (var watch = watch(ControlSettings.none(), state)) {
            watch.processWatermark(90_000);
            assertThat(watch.extractOutputValues()).isEmpty();
            assertThat(watch.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void onlyExpectedSignalsAreHeardRepeatsIncluded() throws Exception {
        try (var hear =
                new OneInputStreamOperatorTestHarness<AlertRun, DetectionEvent>(
                        new HearSignalsOperator(EXPECTING))) {
            hear.open();
            for (int i = 1; i <= 3; i++) {
                hear.processElement(
                        Alerts.run(1, Severity.LOW, AlertStatus.FIRING, i * 1000), i * 1000);
            }
            assertThat(hear.extractOutputValues())
                    .extracting(DetectionEvent::eventTimeMillis)
                    .containsExactly(1_000L, 2_000L, 3_000L);
        }
        try (var deaf =
                new OneInputStreamOperatorTestHarness<AlertRun, DetectionEvent>(
                        new HearSignalsOperator(ControlSettings.none()))) {
            deaf.open();
            deaf.processElement(Alerts.run(1, Severity.LOW, AlertStatus.FIRING, 1000), 1000);
            assertThat(deaf.extractOutputValues()).isEmpty();
        }
    }

    private static void heard(
            KeyedOneInputStreamOperatorTestHarness<Tuple2<String, String>, DetectionEvent, ?> watch,
            long time)
            throws Exception {
        String signal;
        try (var hear =
                new OneInputStreamOperatorTestHarness<AlertRun, DetectionEvent>(
                        new HearSignalsOperator(EXPECTING))) {
            hear.open();
            hear.processElement(Alerts.run(1, Severity.LOW, AlertStatus.FIRING, time), time);
            signal = hear.extractOutputValues().get(0).subject();
        }
        watch.processElement(
                new DetectionEvent(
                        Kind.FIRING,
                        new AlertId("kafka", "p0", time, 0),
                        "acme",
                        "orders",
                        signal,
                        time,
                        Double.NaN,
                        List.of()),
                time);
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple2<String, String>, DetectionEvent, PatternMatch>
            watch(ControlSettings settings, OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Tuple2<String, String>, DetectionEvent, PatternMatch>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new SilenceWatchOperator(settings),
                                DetectionKeys.SERVICE,
                                DetectionKeys.SERVICE_TYPE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
