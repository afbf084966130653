// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.suppression;

import static io.incidentcommander.operators.Alerts.notable;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ReadControlFunction;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuppressUnderControlOperatorTest {
    private static final SuppressionPolicy POLICY =
            new SuppressionPolicy(10_000, 86_400_000, 60_000);

    private static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    private static ControlUpdate silence(
            String id, long sequence, long effective, String service, String until) {
        return ControlUpdate.set(
                ControlKind.SILENCE,
                "acme",
                id,
                sequence,
                effective,
                "ann",
                "{id: "
                        + id
                        + ", matchers: [service="
                        + service
                        + "], starts_at: 1970-01-01T00:00:00Z, ends_at: "
                        + until
                        + ", owner: ann, reason: drill}");
    }

    @Test
    void anUpdateHoldsForAlertsFromItsTimeOnHoweverTheyRace() throws Exception {
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.ALL_BUT_REPEATS)) {
            op.processElement1(alert(1, "orders", 5_999));
            op.processElement1(alert(2, "orders", 6_000));
            update(op, silence("s1", 1, 6_000, "orders", "1970-01-01T00:01:00Z"));
            op.processElement1(alert(3, "orders", 6_500));
            op.processElement1(alert(4, "search", 6_500));
            op.processWatermark1(new Watermark(6_999));
            assertThat(passed(op)).containsExactly(5_999L, 6_500L);
            assertThat(Outputs.fates(op))
                    .extracting(AlertFate::reason)
                    .allMatch(why -> why.startsWith("silence s1 of ann until"))
                    .hasSize(2);
            op.prepareSnapshotPreBarrier(1);
            assertThat(Outputs.counted(op, "kafka", Disposition.SILENCED)).isEqualTo(2);
        }
    }

    @Test
    void whatStillFiresGoesOnWhenTheSilenceEndsAndIsCountedOnce() throws Exception {
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.ALL_BUT_REPEATS)) {
            update(op, silence("s1", 1, 0, "orders", "1970-01-01T00:01:00Z"));
            op.processElement1(alert(1, "orders", 1_000));
            op.processElement1(alert(2, "orders", 2_000));
            op.processWatermark1(new Watermark(2_999));
            op.processElement1(resolved(2, "orders", 3_000));
            op.processWatermark1(new Watermark(59_999));
            assertThat(passed(op)).isEmpty();
            op.processWatermark1(new Watermark(60_999));
            assertThat(passed(op)).containsExactly(60_000L);
            op.prepareSnapshotPreBarrier(1);
            assertThat(Outputs.counted(op, "kafka", Disposition.SILENCED)).isEqualTo(2);
        }
    }

    @Test
    void theControlStreamNeverMovesTimeNorHoldsItBack() throws Exception {
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.ALL_BUT_REPEATS)) {
            op.processElement1(alert(1, "orders", 1_000));
            op.processWatermark2(Watermark.MAX_WATERMARK);
            assertThat(op.getOutput()).isEmpty();
            op.processWatermark1(new Watermark(1_999));
            assertThat(op.getOutput()).hasSize(2).last().isEqualTo(new Watermark(1_999));
        }
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.ALL_BUT_REPEATS)) {
            op.processElement1(alert(1, "orders", 1_000));
            op.processWatermark1(new Watermark(1_999));
            assertThat(op.getOutput()).hasSize(2);
        }
    }

    @Test
    void anUpdateWithErrorsIsReportedAndTheOldOneStays() throws Exception {
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.ALL_BUT_REPEATS)) {
            update(op, silence("s1", 1, 0, "orders", "1970-01-01T00:01:00Z"));
            update(
                    op,
                    ControlUpdate.set(ControlKind.SILENCE, "acme", "s1", 2, 0, "bob", "{id: s1}"));
            op.processElement1(alert(1, "orders", 1_000));
            op.processWatermark1(new Watermark(1_999));
            assertThat(passed(op)).isEmpty();
            List<ControlReport> reports = Outputs.side(op, ReadControlFunction.REPORTS);
            assertThat(reports)
                    .extracting(ControlReport::outcome)
                    .containsExactly(ControlReport.Outcome.APPLIED, ControlReport.Outcome.REFUSED);
            assertThat(reports.get(1).reason()).contains("line 1: key matchers is missing");
            assertThat(reports.get(1).author()).isEqualTo("bob");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void nothingIsLostOrForgottenInARestore(StateBackend backend) throws Exception {
        List<Long> uninterrupted = new ArrayList<>();
        try (var op = harness(backend, null, FateDetail.ALL_BUT_REPEATS)) {
            firstHalf(op);
            secondHalf(op);
            uninterrupted.addAll(passed(op));
        }
        OperatorSubtaskState state;
        List<Long> restored = new ArrayList<>();
        try (var op = harness(backend, null, FateDetail.ALL_BUT_REPEATS)) {
            firstHalf(op);
            state = op.snapshot(1, 1);
            restored.addAll(passed(op));
        }
        try (var op = harness(backend, state, FateDetail.ALL_BUT_REPEATS)) {
            secondHalf(op);
            restored.addAll(passed(op));
        }
        assertThat(restored).isEqualTo(uninterrupted).isNotEmpty();
    }

    private static void firstHalf(Harness op) throws Exception {
        update(op, silence("s1", 1, 0, "orders", "1970-01-01T00:01:00Z"));
        update(op, silence("s2", 1, 200_000, "search", "1970-01-01T01:00:00Z"));
        update(
                op,
                ControlUpdate.set(
                        ControlKind.DOCUMENT,
                        "acme",
                        "rules",
                        1,
                        0,
                        "ann",
                        "inhibition: [{source_matchers: [service=db],"
                                + " target_matchers: [service=web]}]"));
        op.processElement1(alert(1, "orders", 1_000));
        op.processElement1(alert(2, "db", 1_000));
        op.processElement1(alert(3, "web", 2_000));
        op.processWatermark1(new Watermark(1_999));
    }

    private static void secondHalf(Harness op) throws Exception {
        op.processWatermark1(new Watermark(2_999));
        op.processElement1(alert(4, "web", 3_000));
        op.processWatermark1(new Watermark(130_999));
        op.processElement1(resolved(2, "db", 190_000));
        op.processElement1(alert(5, "search", 199_999));
        op.processElement1(alert(6, "search", 200_000));
        op.processWatermark1(new Watermark(300_999));
    }

    /** Every alert ends in exactly one fate, and no state or timer is left behind. */
    @Test
    void aFiniteRunEndsWithOneFateForEachAndNoState() throws Exception {
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.EVERY_ALERT)) {
            update(op, silence("s1", 1, 0, "orders", "1970-01-01T01:00:00Z"));
            Random random = new Random(5);
            List<StreamRecord<NotableAlert>> alerts = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int kind = random.nextInt(20);
                long time = i * 100L;
                alerts.add(
                        random.nextInt(3) == 0
                                ? resolved(kind, "orders", time)
                                : alert(kind, kind % 2 == 0 ? "orders" : "web", time));
            }
            Collections.shuffle(alerts, random);
            for (StreamRecord<NotableAlert> alert : alerts) {
                op.processElement1(alert);
            }
            op.processWatermark1(Watermark.MAX_WATERMARK);
            op.getOperator().finish();
            List<String> ids =
                    Outputs.fates(op).stream()
                            .map(fate -> fate.alertId().toString())
                            .collect(Collectors.toList());
            long silenced = Outputs.counted(op, "kafka", Disposition.SILENCED);
            assertThat(ids).doesNotHaveDuplicates().hasSize((int) silenced);
            assertThat(silenced + passed(op).size()).isEqualTo(500);
            assertThat(silenced).isGreaterThan(100);
            assertThat(op.numKeyedStateEntries()).isZero();
            assertThat(op.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void updatesThatAreOverLeaveTheState() throws Exception {
        try (var op = harness(new HashMapStateBackend(), null, FateDetail.ALL_BUT_REPEATS)) {
            for (int i = 0; i < 100; i++) {
                update(op, silence("s" + i, 1, 0, "orders", "1970-01-01T00:01:00Z"));
            }
            op.processWatermark1(new Watermark(3L * 86_400_000));
            assertThat(
                            op.getOperator()
                                    .getOperatorStateBackend()
                                    .getBroadcastState(
                                            io.incidentcommander.operators.correlation.control
                                                    .ControlState.DESCRIPTOR)
                                    .immutableEntries())
                    .isEmpty();
        }
    }

    private static StreamRecord<NotableAlert> alert(int fingerprint, String service, long time) {
        return new StreamRecord<>(notable(fingerprint, service, Severity.HIGH, time), time);
    }

    private static StreamRecord<NotableAlert> resolved(int fingerprint, String service, long time) {
        return new StreamRecord<>(
                new NotableAlert(
                        Alerts.alert(
                                fingerprint, service, Severity.HIGH, AlertStatus.RESOLVED, time),
                        NotifyReason.RESOLVED,
                        1),
                time);
    }

    private static void update(Harness op, ControlUpdate update) throws Exception {
        op.processElement2(new StreamRecord<>(update));
    }

    private static List<Long> passed(Harness op) {
        return op.extractOutputValues().stream()
                .map(alert -> alert.alert().eventTimeMillis())
                .collect(Collectors.toList());
    }

    private static Harness harness(
            StateBackend backend, OperatorSubtaskState state, FateDetail detail) throws Exception {
        Harness harness = new Harness(detail);
        harness.setStateBackend(backend);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static final class Harness
            extends KeyedTwoInputStreamOperatorTestHarness<
                    String, NotableAlert, ControlUpdate, NotableAlert> {
        Harness(FateDetail detail) throws Exception {
            super(
                    new SuppressUnderControlOperator(POLICY, ControlSettings.none(), detail),
                    AlertKey.TENANT_OF_NOTABLE,
                    update -> update.tenant(),
                    Types.STRING);
        }

        @Override
        public SuppressUnderControlOperator getOperator() {
            return (SuppressUnderControlOperator) super.getOperator();
        }
    }
}
