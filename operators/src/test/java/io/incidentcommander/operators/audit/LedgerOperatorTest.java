// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.LedgerCounters;
import io.incidentcommander.model.audit.LedgerDelta;
import io.incidentcommander.model.audit.RecordOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LedgerOperatorTest {
    @Test
    void onlyWhatACompletedCheckpointHoldsIsPublished() throws Exception {
        try (var ledger = harness(null)) {
            ledger.processElement(telemetry(3), 0);
            ledger.snapshot(1, 1);
            ledger.processElement(telemetry(4), 0);
            ledger.snapshot(2, 2);
            ledger.processElement(telemetry(5), 0);
            assertThat(published(ledger)).isEmpty();

            ledger.notifyOfCompletedCheckpoint(2);
            assertThat(published(ledger)).containsExactly(7L);

            ledger.notifyOfCompletedCheckpoint(1);
            assertThat(published(ledger)).containsExactly(7L);

            ledger.snapshot(3, 3);
            ledger.notifyOfCompletedCheckpoint(3);
            assertThat(published(ledger)).containsExactly(7L, 12L);
        }
    }

    @Test
    void theSumGoesOnAfterARestoreFromWhatTheCheckpointHeld() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(null)) {
            before.processElement(telemetry(3), 0);
            state = before.snapshot(1, 1);
            before.processElement(telemetry(100), 0);
        }
        try (var after = harness(state)) {
            after.processElement(telemetry(4), 0);
            after.snapshot(2, 2);
            after.notifyOfCompletedCheckpoint(2);

            assertThat(published(after)).containsExactly(7L);
        }
    }

    @Test
    void theEndOfInputPublishesAll() throws Exception {
        try (var ledger = harness(null)) {
            ledger.processElement(telemetry(3), 0);
            ledger.getOperator().finish();

            assertThat(published(ledger)).containsExactly(3L);
        }
    }

    @Test
    void aCheckpointFromBeforeTheEndDoesNotTakeTheLastWord() throws Exception {
        try (var ledger = harness(null)) {
            ledger.processElement(telemetry(3), 0);
            ledger.snapshot(1, 1);
            ledger.processElement(telemetry(4), 0);
            ledger.getOperator().finish();
            ledger.notifyOfCompletedCheckpoint(1);

            assertThat(published(ledger)).containsExactly(7L);
        }
    }

    @Test
    void metricsSayWhatWasPublishedBySourceAndWord() throws Exception {
        Map<String, Gauge<?>> gauges = new HashMap<>();
        TestingMetricRegistry registry =
                TestingMetricRegistry.builder()
                        .setRegisterConsumer(
                                (metric, name, group) -> {
                                    if (metric instanceof Gauge) {
                                        gauges.put(
                                                group.getMetricIdentifier(name), (Gauge<?>) metric);
                                    }
                                })
                        .build();
        TaskMetricGroup group =
                TaskManagerMetricGroup.createTaskManagerMetricGroup(
                                registry, "host", ResourceID.generate())
                        .addJob(new JobID(), "job")
                        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
        try (var ledger =
                new OneInputStreamOperatorTestHarness<>(
                        new LedgerOperator(),
                        new MockEnvironmentBuilder().setMetricGroup(group).build())) {
            ledger.open();
            ledger.processElement(telemetry(3), 0);
            ledger.processElement(bearing(5, 4), 0);
            ledger.snapshot(1, 1);
            assertThat(gauge(gauges, "in")).as("not before a checkpoint is complete").isEmpty();
            ledger.notifyOfCompletedCheckpoint(1);
            ledger.processElement(telemetry(100), 0);

            assertThat(gauge(gauges, "in")).containsExactly(8L);
            assertThat(gauge(gauges, "telemetry")).containsExactly(3L);
            assertThat(gauge(gauges, "alert_bearing")).containsExactly(5L);
            assertThat(gauge(gauges, "alerts")).containsExactly(5L);
            assertThat(gauge(gauges, "duplicate")).containsExactly(4L);
            assertThat(gauge(gauges, "pending")).containsExactly(1L);
            assertThat(gauge(gauges, "late")).containsExactly(0L);

            ledger.snapshot(2, 2);
            ledger.notifyOfCompletedCheckpoint(2);
            assertThat(gauge(gauges, "in")).containsExactly(108L);
        }
    }

    private static List<Object> gauge(Map<String, Gauge<?>> gauges, String word) {
        return gauges.entrySet().stream()
                .filter(gauge -> gauge.getKey().endsWith(".ledger.source.kafka." + word))
                .map(gauge -> (Object) gauge.getValue().getValue())
                .collect(Collectors.toList());
    }

    private static LedgerDelta bearing(long alerts, long duplicates) {
        LedgerCounters counters = new LedgerCounters("ingest");
        counters.add("kafka", RecordOutcome.ALERT_BEARING, alerts);
        counters.addAlerts("kafka", alerts);
        counters.add("kafka", Disposition.DUPLICATE, duplicates);
        return counters.drain();
    }

    private static LedgerDelta telemetry(long records) {
        LedgerCounters counters = new LedgerCounters("ingest");
        counters.add("kafka", RecordOutcome.TELEMETRY, records);
        return counters.drain();
    }

    private static List<Long> published(
            OneInputStreamOperatorTestHarness<LedgerDelta, Ledger> harness) {
        return harness.extractOutputValues().stream()
                .map(ledger -> ledger.counts().get("kafka").recordsIn())
                .collect(Collectors.toList());
    }

    private static OneInputStreamOperatorTestHarness<LedgerDelta, Ledger> harness(
            OperatorSubtaskState state) throws Exception {
        OneInputStreamOperatorTestHarness<LedgerDelta, Ledger> harness =
                new OneInputStreamOperatorTestHarness<>(new LedgerOperator());
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
