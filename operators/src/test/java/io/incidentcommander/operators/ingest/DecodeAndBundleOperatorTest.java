// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import static io.incidentcommander.operators.ingest.IngestHarness.T0;
import static io.incidentcommander.operators.ingest.IngestHarness.opened;
import static io.incidentcommander.operators.ingest.IngestHarness.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.ingest.IngestSettings.TimeMode;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecodeAndBundleOperatorTest {
    private static final long DAY = 86_400_000;

    @Test
    void repeatsOfASliceAreOneRunBeforeTheBarrier() throws Exception {
        try (IngestHarness ingest = opened(settings())) {
            ingest.alert("disk full", T0);
            ingest.alert("disk full", T0 + 100);
            ingest.alert("disk full", T0 + 499);
            assertThat(ingest.sequence()).isEmpty();

            ingest.harness().prepareSnapshotPreBarrier(1);

            assertThat(ingest.sequence()).containsExactly("x3");
            AlertRun run = ingest.runs().get(0);
            assertThat(run.firstMillis()).isEqualTo(T0);
            assertThat(run.lastMillis()).isEqualTo(T0 + 499);
            assertThat(run.lastId().offset()).isEqualTo(2);
        }
    }

    @Test
    void whatCameBeforeAWatermarkGoesBeforeIt() throws Exception {
        try (IngestHarness ingest = opened(settings())) {
            ingest.alert("disk full", T0);
            ingest.heartbeat(T0 + 748);
            assertThat(ingest.sequence()).containsExactly("x1", "w-1");
            ingest.alert("disk full", T0 + 400);
            ingest.heartbeat(T0 + 749);

            assertThat(ingest.sequence()).containsExactly("x1", "w-1", "x1", "w499");
        }
    }

    @Test
    void aFullBundleIsFlushed() throws Exception {
        try (IngestHarness ingest = opened(settings().bundleRuns(2))) {
            ingest.alert("disk full", T0);
            ingest.alert("disk full", T0);
            assertThat(ingest.sequence()).isEmpty();

            ingest.alert("heap full", T0);

            assertThat(ingest.sequence()).containsExactly("x2", "x1");
        }
    }

    @Test
    void anOldBundleIsFlushed() throws Exception {
        try (IngestHarness ingest = opened(settings().bundleAgeMillis(1_000))) {
            ingest.alert("disk full", T0);
            ingest.tickTo(50);
            assertThat(ingest.sequence()).containsExactly("x1", "w-501");
            ingest.alert("disk full", T0);
            ingest.tickTo(1_000);
            assertThat(ingest.runs()).hasSize(1);

            ingest.tickTo(1_050);

            assertThat(ingest.runs()).hasSize(2);
        }
    }

    @Test
    void theEndOfInputFlushesAndAccounts() throws Exception {
        try (IngestHarness ingest = opened(settings())) {
            ingest.alert("disk full", T0);

            ingest.harness().getOperator().finish();

            assertThat(ingest.sequence()).containsExactly("x1");
            assertThat(counts(ingest).alerts()).isEqualTo(1);
        }
    }

    @Test
    void aHeartbeatMovesTimeAndSilenceDoesNot() throws Exception {
        try (IngestHarness ingest = opened(settings())) {
            ingest.alert("disk full", T0 + 1_000);
            ingest.tickTo(50);
            assertThat(ingest.sequence()).containsExactly("x1", "w499");

            ingest.tickTo(50_000);
            assertThat(ingest.sequence()).containsExactly("x1", "w499");

            ingest.heartbeat(T0 + 10_000);
            assertThat(ingest.sequence()).containsExactly("x1", "w499", "w9499");
        }
    }

    @Test
    void aSubtaskThatReadsNothingIsIdleUntilItReadsAgain() throws Exception {
        try (IngestHarness ingest = opened(settings().idleMillis(1_000))) {
            ingest.tickTo(1_100);
            assertThat(ingest.sequence()).containsExactly("WatermarkStatus(IDLE)");

            ingest.heartbeat(T0 + 749);

            assertThat(ingest.sequence())
                    .containsExactly("WatermarkStatus(IDLE)", "WatermarkStatus(ACTIVE)", "w499");
        }
    }

    /** Flink drops watermarks of idle channels: the last one must not be among them. */
    @Test
    void anIdleSubtaskSpeaksUpForTheLastWatermark() throws Exception {
        try (IngestHarness ingest = opened(settings().idleMillis(1_000))) {
            ingest.tickTo(1_100);

            ingest.harness().processWatermark(Long.MAX_VALUE);

            assertThat(ingest.sequence())
                    .containsExactly("WatermarkStatus(IDLE)", "WatermarkStatus(ACTIVE)", "end");
        }
    }

    @Test
    void timeFromUpstreamIsOfNoAccountButForTheEnd() throws Exception {
        try (IngestHarness ingest = opened(settings())) {
            ingest.alert("disk full", T0);
            ingest.harness().processWatermark(T0 + 5_000);
            ingest.harness().processWatermarkStatus(WatermarkStatus.IDLE);
            assertThat(ingest.sequence()).isEmpty();

            ingest.harness().processWatermark(Long.MAX_VALUE);

            assertThat(ingest.sequence()).containsExactly("x1", "end");
        }
    }

    @Test
    void recordedTimeStandsStillUntilTheEnd() throws Exception {
        try (IngestHarness ingest = opened(settings().timeMode(TimeMode.RECORDED))) {
            ingest.alert("p0", "disk full", T0 + DAY, T0);
            ingest.heartbeat(T0 + 10_000);
            ingest.tickTo(100_000);
            ingest.snapshot(1);
            assertThat(ingest.sequence()).containsExactly("x1");
            assertThat(ingest.runs().get(0).firstMillis()).isEqualTo(T0 + DAY);

            ingest.harness().processWatermark(Long.MAX_VALUE);

            assertThat(ingest.sequence()).containsExactly("x1", "end");
        }
    }

    @Test
    void everyRecordIsCountedOnceByWhatItWas() throws Exception {
        try (IngestHarness ingest = opened(settings())) {
            ingest.alert("disk full", T0);
            ingest.alert("disk full", T0 + 1);
            ingest.json("p0", T0, "{not json");
            ingest.json("p0", T0, "{\"unknown\":1}");
            ingest.json(
                    "p0",
                    T0,
                    "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":"
                            + "\"1700000000000000000\",\"body\":{\"stringValue\":\"x\"}}]}]}]}");
            ingest.json(
                    "p0",
                    T0,
                    "{\"routing_key\":\"k\",\"event_action\":\"trigger\",\"dedup_key\":"
                            + "\"incident-commander/1\",\"payload\":{\"summary\":\"s\","
                            + "\"source\":\"h\",\"severity\":\"critical\"}}");
            ingest.json(
                    "p0",
                    T0,
                    "["
                            + IngestHarness.canonical("a", Instant.ofEpochMilli(T0))
                            + ","
                            + IngestHarness.canonical("b", Instant.ofEpochMilli(T0))
                            + ",7]");
            assertThat(Outputs.ledger(ingest.harness()).counts()).isEmpty();
            ingest.snapshot(1);

            SourceCounts counts = counts(ingest);
            assertThat(counts.recordsIn()).isEqualTo(7);
            assertThat(counts.records(RecordOutcome.ALERT_BEARING)).isEqualTo(3);
            assertThat(counts.records(RecordOutcome.DEAD_LETTER)).isEqualTo(2);
            assertThat(counts.records(RecordOutcome.TELEMETRY)).isEqualTo(1);
            assertThat(counts.records(RecordOutcome.ECHO)).isEqualTo(1);
            List<SourceReport> reports =
                    Outputs.side(ingest.harness(), DecodeAndBundleOperator.SOURCES);
            assertThat(reports)
                    .as("what each source brought, for how surely incidents are judged")
                    .allMatch(r -> r.source().equals("kafka") && r.heardMillis() >= T0 - 10_000);
            assertThat(reports.stream().mapToLong(SourceReport::records).sum()).isEqualTo(7);
            assertThat(reports.stream().mapToLong(SourceReport::malformed).sum()).isEqualTo(2);
            assertThat(counts.alerts()).isEqualTo(4);
            assertThat(ingest.runs().stream().mapToLong(AlertRun::count).sum()).isEqualTo(4);
            assertThat(Outputs.side(ingest.harness(), DecodeAndBundleOperator.DEAD_LETTERS))
                    .extracting(DeadLetter::offset)
                    .containsExactly(2L, 3L, 6L);
            assertThat(Outputs.side(ingest.harness(), DecodeAndBundleOperator.LOGS)).hasSize(1);

            ingest.snapshot(2);
            assertThat(counts(ingest)).isEqualTo(counts);
        }
    }

    /** The estimate knows a least delay that the next event, a late one, does not show. */
    @Test
    void skewEstimatesSurviveARestoreOnOtherSubtasks() throws Exception {
        OperatorSubtaskState state;
        try (IngestHarness before = opened(settings())) {
            before.alert("p7", "disk full", T0 + DAY, T0);
            state = before.snapshot(1);
            assertThat(before.runs().get(0).firstMillis()).isEqualTo(T0);
        }
        for (int index = 0; index < 2; index++) {
            try (IngestHarness after = new IngestHarness(settings().build(), 2, index)) {
                after.harness()
                        .initializeState(
                                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                        state, 128, 1, 2, index));
                after.harness().open();
                after.alert("p7", "disk full", T0 + 1_000 + DAY, T0 + 6_000);
                after.snapshot(2);

                assertThat(after.runs().get(0).firstMillis()).isEqualTo(T0 + 1_000);
            }
        }
    }

    @Test
    void whenSubtasksChangeEachFindsTheEstimatesOfThoseBeforeItInOrder() throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[2];
        for (int index = 0; index < 2; index++) {
            try (IngestHarness before = new IngestHarness(settings().build(), 2, index)) {
                before.harness().open();
                before.alert("p" + index, "disk full", T0 + DAY, T0);
                states[index] = before.snapshot(1);
            }
        }
        OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(states);
        for (int parallelism : new int[] {1, 2, 3, 4, 128}) {
            for (int index = 0; index < parallelism; index++) {
                int before = 2 * index / parallelism;
                try (IngestHarness after =
                        new IngestHarness(settings().build(), parallelism, index)) {
                    after.harness()
                            .initializeState(
                                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                            both, 128, 2, parallelism, index));
                    after.harness().open();
                    after.alert("p" + before, "disk full", T0 + 1_000 + DAY, T0 + 6_000);
                    after.snapshot(2);

                    assertThat(after.runs().get(0).firstMillis())
                            .as("subtask %d of %d", index, parallelism)
                            .isEqualTo(T0 + 1_000);
                }
            }
        }
    }

    @Test
    void timesAreClampedToWhatIsPossible() throws Exception {
        try (IngestHarness ingest = opened(settings().pastMillis(5_000).futureMillis(1_000))) {
            ingest.alert("p0", "disk full", T0 - 9_000, T0);
            ingest.alert("p1", "disk full", T0 + 1_500, T0);
            ingest.snapshot(1);

            assertThat(ingest.runs())
                    .extracting(AlertRun::firstMillis)
                    .containsExactlyInAnyOrder(T0 - 5_000, T0 + 1_000);
        }
    }

    @Test
    void aRepeatKnownByItsBytesHasTheSameTimeAsOneDecoded() throws Exception {
        String early = "{\"name\":\"disk full\",\"severity\":\"high\",\"original_time\":\"";
        String json = early + Instant.ofEpochMilli(T0 - 3_000) + "\",\"time\":\"";
        try (IngestHarness ingest = opened(settings().timeMode(TimeMode.RECORDED))) {
            ingest.json("p0", T0, json + Instant.ofEpochMilli(T0) + "\"}");
            ingest.json("p0", T0, json + Instant.ofEpochMilli(T0 + 10) + "\"}");
            ingest.snapshot(1);

            assertThat(ingest.sequence()).containsExactly("x2");
            assertThat(ingest.runs().get(0).firstMillis()).isEqualTo(T0);
            assertThat(ingest.runs().get(0).lastMillis()).isEqualTo(T0 + 10);
        }
    }

    @Test
    void runsHandedOutAreNotTouchedAgainUnderObjectReuse() throws Exception {
        try (IngestHarness ingest = new IngestHarness(settings().build())) {
            ingest.harness().getExecutionConfig().enableObjectReuse();
            ingest.harness().open();
            ingest.alert("disk full", T0);
            ingest.alert("heap full", T0);
            ingest.harness().prepareSnapshotPreBarrier(1);
            List<AlertRun> before = List.copyOf(ingest.runs());
            ingest.alert("disk full", T0 + 1);
            ingest.harness().prepareSnapshotPreBarrier(2);

            assertThat(before).extracting(AlertRun::count).containsExactly(1L, 1L);
            assertThat(before).extracting(AlertRun::fingerprint).doesNotHaveDuplicates();
            assertThat(ingest.runs()).hasSize(3);
        }
    }

    private static SourceCounts counts(IngestHarness ingest) {
        return Outputs.ledger(ingest.harness()).counts().get("kafka");
    }
}
