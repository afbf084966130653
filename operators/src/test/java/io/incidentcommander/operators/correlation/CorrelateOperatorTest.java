// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import static io.incidentcommander.operators.Alerts.notable;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CorrelateOperatorTest {
    private static final long IDLE = 10_000;
    private static final AtomicLong TICKS = new AtomicLong();

    @Test
    void anIncidentIsClosedWhenIdleAlsoAfterARestoreAndThenAllIsForgotten() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(null, 1, PassClock.standingStill())) {
            accept(before, notable(1, "orders", Severity.HIGH, 1_000));
            watermark(before, 5_999);
            accept(before, notable(2, "orders", Severity.HIGH, 8_000));
            before.prepareSnapshotPreBarrier(1);
            state = before.snapshot(1, 1);
            assertThat(before.extractOutputValues())
                    .extracting(IncidentEvent::kind)
                    .containsExactly(IncidentEventKind.OPENED);
        }
        try (var after = harness(state, 1, PassClock.standingStill())) {
            watermark(after, 17_999);
            assertThat(after.extractOutputValues())
                    .extracting(IncidentEvent::kind)
                    .containsExactly(IncidentEventKind.UPDATED);
            watermark(after, 18_000);
            assertThat(after.extractOutputValues())
                    .last()
                    .satisfies(
                            event -> {
                                assertThat(event.kind()).isEqualTo(IncidentEventKind.CLOSED);
                                assertThat(event.eventTimeMillis()).isEqualTo(18_000);
                                assertThat(event.incident().alertCount()).isEqualTo(2);
                            });
            after.prepareSnapshotPreBarrier(2);
            after.snapshot(2, 2);
            assertThat(after.numKeyedStateEntries()).isPositive();

            watermark(after, 8_000 + 3 * 86_400_000L);

            assertThat(after.numKeyedStateEntries()).isZero();
            assertThat(after.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theOrderOfArrivalPlaysNoPartAndEveryAlertHasOneFate() throws Exception {
        List<NotableAlert> alerts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            alerts.add(notable(i % 17, "s" + i % 5, Severity.values()[i % 4], i * 700L));
        }
        List<IncidentEvent> inOrder = run(alerts);
        for (int seed = 1; seed <= 5; seed++) {
            List<NotableAlert> shuffled = new ArrayList<>(alerts);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(run(shuffled)).as("seed %d", seed).isEqualTo(inOrder);
        }
    }

    @Test
    void aLateAlertIsPartOfTheIncidentThatIsOpen() throws Exception {
        try (var harness = harness(null, 1, PassClock.standingStill())) {
            accept(harness, notable(1, "orders", Severity.HIGH, 4_000));
            watermark(harness, 4_999);
            accept(harness, notable(2, "orders", Severity.HIGH, 3_000));

            assertThat(Outputs.fates(harness))
                    .extracting(AlertFate::disposition)
                    .containsExactly(Disposition.DELIVERED, Disposition.GROUPED);
        }
    }

    @Test
    void aPassThatTakesTooLongGoesOnByServiceAlone() throws Exception {
        TICKS.set(0);
        try (var harness = harness(null, 1, () -> TICKS.addAndGet(400_000_000))) {
            for (int i = 1; i <= 5; i++) {
                accept(harness, notable(i, "orders", Severity.HIGH, 1_000 + i));
            }
            watermark(harness, 1_999);

            assertThat(Outputs.fates(harness))
                    .extracting(fate -> fate.reason().contains("threshold by service"))
                    .containsExactly(false, false, false, true, true);
            assertThat(Outputs.fates(harness))
                    .extracting(fate -> fate.incidentId().orElseThrow())
                    .containsOnly(Outputs.fates(harness).get(0).incidentId().orElseThrow());
        }
    }

    /**
     * The clock goes on by ten seconds while an alert is handed out, and by a tenth while it is
     * taken.
     */
    @Test
    void whoIsSlowBehindItDoesNotMakeAPassLong() throws Exception {
        TICKS.set(0);
        PassClock clock =
                () -> {
                    long call = TICKS.getAndIncrement();
                    return call / 2 * 10_000_000_000L + call % 2 * 100_000_000L;
                };
        try (var harness = harness(null, 1, clock)) {
            for (int i = 1; i <= 5; i++) {
                accept(harness, notable(i, "orders", Severity.HIGH, 1_000 + i));
            }
            watermark(harness, 1_999);

            assertThat(Outputs.fates(harness))
                    .hasSize(5)
                    .noneMatch(fate -> fate.reason().contains("threshold by service"));
        }
    }

    @Test
    void whatWasSeenInAllSetsTheBudgetAlsoAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(null, 0.01, PassClock.standingStill())) {
            before.processElement2(TenantNews.of(Tuple3.of("acme", 0L, 10_000L)), 0);
            before.processElement2(TenantNews.of(Tuple3.of("acme", 1_000_000L, 2_000L)), 0);
            for (int i = 0; i < 150; i++) {
                accept(before, notable(i, "s" + i, Severity.LOW, 10 + i));
            }
            watermark(before, 999);
            assertThat(kept(before)).isEqualTo(100);
            before.prepareSnapshotPreBarrier(1);
            state = before.snapshot(1, 1);
        }
        try (var after = harness(state, 0.01, PassClock.standingStill())) {
            for (int i = 200; i < 300; i++) {
                accept(after, notable(i, "t" + i, Severity.LOW, 1_000_000 + i));
            }
            watermark(after, 1_000_999);
            after.prepareSnapshotPreBarrier(2);

            assertThat(kept(after)).isEqualTo(20);
            assertThat(Outputs.counted(after, "kafka", Disposition.SAMPLED_OUT)).isEqualTo(80);
            assertThat(Outputs.fates(after).get(50).stage()).isEqualTo("sampling");
        }
    }

    private static long kept(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness) {
        return Outputs.fates(harness).stream()
                .filter(fate -> fate.disposition() != Disposition.SAMPLED_OUT)
                .count();
    }

    private static List<IncidentEvent> run(List<NotableAlert> alerts) throws Exception {
        try (var harness = harness(null, 1, PassClock.standingStill())) {
            for (NotableAlert alert : alerts) {
                accept(harness, alert);
            }
            watermark(harness, Long.MAX_VALUE);
            harness.prepareSnapshotPreBarrier(1);
            assertThat(Outputs.fates(harness))
                    .extracting(AlertFate::alertId)
                    .doesNotHaveDuplicates()
                    .hasSize(alerts.size());
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            return harness.extractOutputValues();
        }
    }

    private static void accept(
            KeyedTwoInputStreamOperatorTestHarness<String, NotableAlert, TenantNews, IncidentEvent>
                    harness,
            NotableAlert alert)
            throws Exception {
        harness.processElement1(alert, alert.alert().eventTimeMillis());
    }

    private static void watermark(
            KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, long millis)
            throws Exception {
        harness.processWatermark1(new Watermark(millis));
        harness.processWatermark2(new Watermark(millis));
    }

    @Test
    void aPatternWaitsForTheAlertsOfItsSecondAlsoThroughARestore() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(null, 1, PassClock.standingStill())) {
            before.processElement2(TenantNews.of(storm(2_500)), 2_500);
            accept(before, notable(1, "orders", Severity.HIGH, 2_700));
            watermark(before, 2_600);
            assertThat(before.extractOutputValues()).isEmpty();
            before.prepareSnapshotPreBarrier(1);
            state = before.snapshot(1, 1);
        }
        try (var after = harness(state, 1, PassClock.standingStill())) {
            watermark(after, 2_999);
            assertThat(after.extractOutputValues())
                    .extracting(IncidentEvent::kind)
                    .containsExactly(IncidentEventKind.OPENED, IncidentEventKind.UPDATED);
            assertThat(after.extractOutputValues())
                    .last()
                    .satisfies(
                            event ->
                                    assertThat(event.incident().grounds().evidence())
                                            .contains("pattern storm v3: many of orders"));
            after.processElement2(TenantNews.of(storm(2_500)), 2_500);
            assertThat(after.extractOutputValues()).as("late and known: no news").hasSize(2);
        }
    }

    @Test
    void aTenantThatWasOnlyHeardOfIsForgottenToo() throws Exception {
        try (var harness = harness(null, 1, PassClock.standingStill())) {
            harness.processElement2(TenantNews.of(storm(2_500)), 2_500);
            harness.processElement2(TenantNews.of(new SourceReport("acme", "cw", 0, 1, 1, 0)), 1);
            harness.prepareSnapshotPreBarrier(1);
            harness.snapshot(1, 1);
            assertThat(harness.numKeyedStateEntries()).isPositive();
            watermark(harness, 3 * 86_400_000L);

            harness.prepareSnapshotPreBarrier(2);
            harness.snapshot(2, 2);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static PatternMatch storm(long lastMillis) {
        return new PatternMatch(
                PatternKind.STORM,
                "storm",
                3,
                "acme",
                "orders",
                List.of("orders"),
                0,
                lastMillis,
                List.of(),
                "many of orders");
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, NotableAlert, TenantNews, IncidentEvent>
            harness(OperatorSubtaskState state, double budget, PassClock clock) throws Exception {
        CorrelationPolicy policy =
                new CorrelationPolicy(
                        IDLE,
                        1_000,
                        0.01,
                        new NoveltyBudget(budget),
                        new TierCost(new BigDecimal("100")));
        KeyedTwoInputStreamOperatorTestHarness<String, NotableAlert, TenantNews, IncidentEvent>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new CorrelateOperator(
                                        policy,
                                        ControlSettings.none(),
                                        1_000,
                                        clock,
                                        FateDetail.ALL_BUT_REPEATS),
                                AlertKey.TENANT_OF_NOTABLE,
                                TenantNews::tenant,
                                Types.STRING);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
