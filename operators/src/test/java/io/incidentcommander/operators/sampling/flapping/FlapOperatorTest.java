// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling.flapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.Subtasks;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.sampling.flapping.FlapPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlapOperatorTest {
    private static final FlapPolicy FLAPS = new FlapPolicy(600_000, 4, 1, 0, 5, 0.8);
    private static final FlapPolicy PAUSES = new FlapPolicy(600_000, 0, 0, 90_000, 3, 0.8);

    private static StreamRecord<NotableAlert> alert(NotifyReason reason, long time) {
        return alert(1, reason, time);
    }

    private static StreamRecord<NotableAlert> alert(
            int fingerprint, NotifyReason reason, long time) {
        AlertStatus status =
                reason == NotifyReason.RESOLVED ? AlertStatus.RESOLVED : AlertStatus.FIRING;
        return new StreamRecord<>(
                new NotableAlert(
                        Alerts.alert(fingerprint, "orders", Severity.HIGH, status, time),
                        reason,
                        1),
                time);
    }

    private static List<String> passed(
            KeyedOneInputStreamOperatorTestHarness<?, NotableAlert, NotableAlert> op) {
        return op.extractOutputValues().stream()
                .map(a -> a.reason() + " " + a.alert().eventTimeMillis() / 1_000)
                .collect(Collectors.toList());
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple3<String, Long, Long>, NotableAlert, NotableAlert>
            harness(FlapPolicy policy) throws Exception {
        var harness = harness(policy, 1_000, new HashMapStateBackend(), 1, 0);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple3<String, Long, Long>, NotableAlert, NotableAlert>
            harness(
                    FlapPolicy policy,
                    int generation,
                    StateBackend backend,
                    int parallelism,
                    int index)
                    throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new FlapOperator(policy, FateDetail.EVERY_ALERT, generation),
                        AlertKey.FINGERPRINT_OF_NOTABLE,
                        AlertKey.FINGERPRINT_TYPE,
                        Subtasks.MAX_PARALLELISM,
                        parallelism,
                        index);
        harness.setStateBackend(backend);
        return harness;
    }

    @Test
    void whatFlapsIsToldOnceAndItsEndWhenItIsSteady() throws Exception {
        try (var op = harness(FLAPS)) {
            op.processElement(alert(NotifyReason.NEW, 0));
            for (int i = 1; i < 20; i++) {
                NotifyReason reason = i % 2 == 1 ? NotifyReason.RESOLVED : NotifyReason.RETURNED;
                op.processElement(alert(reason, i * 10_000L));
                op.processWatermark(i * 10_000L);
            }
            assertThat(passed(op))
                    .as("three changes are told, the fourth begins it and says that it fires")
                    .containsExactly(
                            "NEW 0", "RESOLVED 10", "RETURNED 20", "RESOLVED 30", "RETURNED 40");
            // The last two changes were at 180 s and 190 s; one is left in the window at 780 s.
            op.processWatermark(779_999);
            assertThat(passed(op)).hasSize(5);
            op.processWatermark(780_000);
            assertThat(passed(op)).last().isEqualTo("RESOLVED 780");
            op.processWatermark(Watermark.MAX_WATERMARK.getTimestamp());
            assertThat(op.numKeyedStateEntries()).isZero();
            assertThat(op.numEventTimeTimers()).isZero();
            op.getOperator().finish();
            assertThat(Outputs.counted(op, "kafka", Disposition.DUPLICATE)).isEqualTo(20 - 6);
        }
    }

    @Test
    void anEscalationNeverWaits() throws Exception {
        try (var op = harness(FLAPS)) {
            for (int i = 0; i < 8; i++) {
                NotifyReason reason = i % 2 == 1 ? NotifyReason.RESOLVED : NotifyReason.RETURNED;
                op.processElement(alert(reason, i * 10_000L));
            }
            op.processElement(alert(NotifyReason.ESCALATED, 80_000));
            assertThat(passed(op)).last().isEqualTo("ESCALATED 80");
        }
    }

    @Test
    void whatUsuallyClearsByItselfWaitsAndWhatDoesNotClearIsToldLate() throws Exception {
        try (var op = harness(PAUSES)) {
            for (int i = 1; i <= 5; i++) {
                NotifyReason begin = i == 1 ? NotifyReason.NEW : NotifyReason.RETURNED;
                op.processElement(alert(begin, i * 1_000_000L));
                op.processElement(alert(NotifyReason.RESOLVED, i * 1_000_000L + 30_000));
                op.processWatermark(i * 1_000_000L + 900_000);
            }
            assertThat(passed(op)).as("after three episodes none is told").hasSize(6);
            op.processElement(alert(NotifyReason.RETURNED, 6_000_000));
            op.processWatermark(6_089_999);
            assertThat(passed(op)).hasSize(6);
            op.processWatermark(6_090_000);
            assertThat(passed(op)).last().isEqualTo("RETURNED 6090");
            op.processWatermark(6_090_000 + 2L * 86_400_000);
            assertThat(op.numKeyedStateEntries()).isZero();
            assertThat(op.numEventTimeTimers()).isZero();
        }
    }

    /** Whatever comes, each alert ends once, and nothing is left. */
    @Test
    void everyAlertPassesOrIsARepeatOnce() throws Exception {
        Random random = new Random(11);
        for (FlapPolicy policy :
                List.of(FLAPS, PAUSES, new FlapPolicy(60_000, 3, 0, 20_000, 2, 0.5))) {
            try (var op = harness(policy)) {
                long time = 0;
                int count = 400;
                for (int i = 0; i < count; i++) {
                    time += random.nextInt(random.nextInt(20) == 0 ? 900_000 : 40_000);
                    NotifyReason reason = NotifyReason.values()[random.nextInt(4)];
                    op.processElement(alert(reason, time));
                    op.processWatermark(time - random.nextInt(10_000));
                }
                op.processWatermark(Watermark.MAX_WATERMARK.getTimestamp());
                op.getOperator().finish();
                long repeats = Outputs.counted(op, "kafka", Disposition.DUPLICATE);
                assertThat(passed(op).size() + repeats).isEqualTo(count);
                assertThat(Outputs.fates(op))
                        .extracting(fate -> fate.alertId().toString())
                        .doesNotHaveDuplicates()
                        .hasSize((int) repeats);
                assertThat(repeats).isPositive();
                assertThat(op.numKeyedStateEntries()).isZero();
                assertThat(op.numEventTimeTimers()).isZero();
            }
        }
    }

    /** A backlog is read in leaps of time, and what is live in small steps. */
    @Test
    void howFarTimeLeapsChangesNothing() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            for (FlapPolicy policy :
                    List.of(FLAPS, PAUSES, new FlapPolicy(60_000, 3, 0, 20_000, 2, 0.5))) {
                assertThat(passedOf(seed, policy, 400))
                        .as("seed %d", seed)
                        .isEqualTo(passedOf(seed, policy, 1));
            }
        }
    }

    /** Neither the room in memory, nor failures, nor rescaling change what becomes of an alert. */
    @ParameterizedTest
    @MethodSource("backends")
    void whereAHistoryIsChangesNothing(StateBackend backend) throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            for (FlapPolicy policy :
                    List.of(FLAPS, PAUSES, new FlapPolicy(60_000, 3, 0, 20_000, 2, 0.5))) {
                assertThat(fatesOf(seed, policy, backend, 1 + seed % 3, List.of(2, 4, 1, 2)))
                        .as("seed %d", seed)
                        .isEqualTo(fatesOf(seed, policy, backend, 1_000, List.of()));
            }
        }
    }

    @Test
    void whatHasLeftMemoryLeavesNothingThere() throws Exception {
        try (var op = harness(FLAPS, 5, new HashMapStateBackend(), 1, 0)) {
            op.open();
            for (int i = 1; i <= 500; i++) {
                op.processElement(alert(i, NotifyReason.NEW, i));
                op.processElement(alert(i, NotifyReason.RESOLVED, i + 1));
            }
            assertThat(((FlapOperator) op.getOperator()).awaited()).isBetween(1, 10);
            assertThat(op.numKeyedStateEntries()).isGreaterThanOrEqualTo(490);

            op.processWatermark(700_000);
            assertThat(((FlapOperator) op.getOperator()).awaited()).isZero();
            assertThat(op.numKeyedStateEntries()).isZero();
        }
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    /**
     * What became of each alert, by fingerprint and in order.
     *
     * @param become after each so many alerts there are so many subtasks, from a snapshot
     */
    private static Map<String, List<String>> fatesOf(
            int seed, FlapPolicy policy, StateBackend backend, int generation, List<Integer> become)
            throws Exception {
        Random random = new Random(seed);
        Map<String, List<String>> became = new TreeMap<>();
        Subtasks<
                        KeyedOneInputStreamOperatorTestHarness<
                                Tuple3<String, Long, Long>, NotableAlert, NotableAlert>>
                subtasks =
                        new Subtasks<>(
                                (parallelism, index) ->
                                        harness(policy, generation, backend, parallelism, index));
        subtasks.become(1);
        int count = 600;
        long time = 0;
        for (int i = 0; i < count; i++) {
            if (i % 120 == 119 && i / 120 < become.size()) {
                drain(subtasks.all(), became);
                subtasks.become(become.get(i / 120));
            }
            time += random.nextInt(random.nextInt(60) == 0 ? 900_000 : 4_000);
            StreamRecord<NotableAlert> alert =
                    alert(1 + random.nextInt(8), NotifyReason.values()[random.nextInt(4)], time);
            long watermark = time - random.nextInt(10_000);
            subtasks.of(AlertKey.FINGERPRINT_OF_NOTABLE.getKey(alert.getValue()))
                    .processElement(alert);
            for (var subtask : subtasks.all()) {
                subtask.processWatermark(watermark);
            }
        }
        for (var subtask : subtasks.all()) {
            subtask.processWatermark(Watermark.MAX_WATERMARK.getTimestamp());
            if (backend instanceof HashMapStateBackend) { // RocksDB's cannot be counted
                assertThat(subtask.numKeyedStateEntries()).isZero();
            }
            assertThat(subtask.numEventTimeTimers()).isZero();
        }
        drain(subtasks.all(), became);
        subtasks.close();
        return became;
    }

    /** Repeats first: where one goes on in the place of others, it says so after them. */
    private static void drain(
            List<
                            KeyedOneInputStreamOperatorTestHarness<
                                    Tuple3<String, Long, Long>, NotableAlert, NotableAlert>>
                    subtasks,
            Map<String, List<String>> became) {
        for (var subtask : subtasks) {
            for (AlertFate fate : Outputs.fates(subtask)) {
                became.computeIfAbsent("repeats", f -> new ArrayList<>()).add(fate.toString());
            }
            for (NotableAlert passed : subtask.extractOutputValues()) {
                became.computeIfAbsent(
                                "passed of " + passed.alert().fingerprint(), f -> new ArrayList<>())
                        .add(passed.reason() + " " + passed.alert().eventTimeMillis());
            }
        }
        became.getOrDefault("repeats", new ArrayList<>()).sort(null);
    }

    /** With fewer changes than another policy would keep back, and so many alerts in memory. */
    @Test
    void aHistoryOfAnotherPolicyEndsByTheOneOfToday() throws Exception {
        OperatorSubtaskState snapshot;
        try (var op = harness(new FlapPolicy(600_000, 4, 1, 0, 5, 0.8))) {
            for (int i = 0; i < 6; i++) {
                NotifyReason reason = i % 2 == 1 ? NotifyReason.RESOLVED : NotifyReason.RETURNED;
                op.processElement(alert(reason, i * 1_000L));
            }
            op.processWatermark(600_500);
            assertThat(passed(op)).as("five changes are left").hasSize(3);
            snapshot = op.snapshot(1, 1);
        }
        try (var op =
                harness(
                        new FlapPolicy(600_000, 20, 10, 0, 5, 0.8),
                        1_000,
                        new HashMapStateBackend(),
                        1,
                        0)) {
            op.initializeState(snapshot);
            op.open();
            op.processWatermark(600_600);
            assertThat(passed(op)).containsExactly("RESOLVED 5");
        }
    }

    /** With a watermark before each so many alerts, which is as late as it can be. */
    private static List<String> passedOf(int seed, FlapPolicy policy, int leap) throws Exception {
        Random random = new Random(seed);
        try (var op = harness(policy)) {
            long time = 0;
            for (int i = 0; i < 400; i++) {
                time += 1 + random.nextInt(random.nextInt(20) == 0 ? 900_000 : 40_000);
                if (i % leap == 0) {
                    op.processWatermark(time - 1);
                }
                op.processElement(alert(NotifyReason.values()[random.nextInt(4)], time));
            }
            op.processWatermark(Watermark.MAX_WATERMARK.getTimestamp());
            assertThat(op.numKeyedStateEntries()).isZero();
            assertThat(op.numEventTimeTimers()).isZero();
            return passed(op);
        }
    }
}
