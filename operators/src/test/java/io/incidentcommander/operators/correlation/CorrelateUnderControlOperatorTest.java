// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import static io.incidentcommander.operators.Alerts.notable;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CorrelateUnderControlOperatorTest {
    private static final CorrelationPolicy POLICY =
            new CorrelationPolicy(
                    10_000,
                    1_000,
                    0.01,
                    new NoveltyBudget(0.01),
                    new TierCost(
                            Map.of(
                                    ServiceTier.CRITICAL, new BigDecimal("10000"),
                                    ServiceTier.SUPPORTING, new BigDecimal("100"))));

    @Test
    void aTopologyHoldsFromItsTimeOnHoweverItRacesWithAlertsAndAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var op = harness(null)) {
            op.processElement1(notable(1, "web", Severity.HIGH, 2_000), 2_000);
            op.processElement1(notable(2, "db", Severity.HIGH, 5_000), 5_000);
            update(op, "topology: {web: [db]}");
            watermark(op, 5_999);

            assertThat(reasons(op)).satisfiesExactly(this::knowsNoCalls, this::knowsCalls);
            op.prepareSnapshotPreBarrier(1);
            state = op.snapshot(1, 1);
        }
        try (var op = harness(state)) {
            op.processElement1(notable(3, "web", Severity.HIGH, 70_000), 70_000);
            watermark(op, 70_999);

            assertThat(reasons(op)).satisfiesExactly(this::knowsCalls);
        }
    }

    @Test
    void countsStillSetTheBudgetByTenant() throws Exception {
        try (var op = harness(null)) {
            op.processElement2(TenantNews.of(Tuple3.of("acme", 0L, 12_000L)), 0);
            op.processElement2(TenantNews.of(Tuple3.of("other", 0L, 1_000_000L)), 0);
            for (int i = 0; i < 150; i++) {
                op.processElement1(notable(i, "s" + i, Severity.LOW, 10 + i), 10 + i);
            }
            watermark(op, 999);
            op.processElement1(notable(150, "t", Severity.LOW, 1_010), 1_010);
            watermark(op, 1_999);

            assertThat(reasons(op)).hasSize(151);
            assertThat(Outputs.fates(op).stream().filter(f -> f.stage().equals("sampling")))
                    .as("one in a hundred of 12,000")
                    .hasSize(31);
        }
    }

    @Test
    void aCatalogueOfTheTenantPricesFromItsTimeOnAndAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var op = harness(null)) {
            op.processElement1(notable(1, "web", Severity.HIGH, 0), 0);
            watermark(op, 2_000);
            update(op, "services: {web: {tier: CRITICAL}}");
            op.prepareSnapshotPreBarrier(1);
            state = op.snapshot(1, 1);
            watermark(op, 20_000);

            assertThat(costs(op)).as("5 s at 100, 5 s at 10,000 a minute").contains("841.67");
        }
        try (var op = harness(state)) {
            watermark(op, 20_000);

            assertThat(costs(op)).contains("841.67");
        }
    }

    private static List<String> costs(
            KeyedTwoInputStreamOperatorTestHarness<String, NotableAlert, TenantNews, IncidentEvent>
                    op) {
        return op.extractOutputValues().stream()
                .map(event -> event.incident().costUsd().toPlainString())
                .toList();
    }

    private void knowsNoCalls(String reason) {
        assertThat(reason).contains("related to no open incident").doesNotContain("watched");
    }

    private void knowsCalls(String reason) {
        assertThat(reason).startsWith("watched");
    }

    private static List<String> reasons(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> op) {
        return Outputs.fates(op).stream().map(fate -> fate.reason()).toList();
    }

    /** It takes effect at 5 s. */
    private static void update(
            KeyedTwoInputStreamOperatorTestHarness<String, NotableAlert, TenantNews, IncidentEvent>
                    op,
            String body)
            throws Exception {
        op.processElement2(
                TenantNews.of(
                        ControlUpdate.set(
                                ControlKind.DOCUMENT, "acme", "d", 1, 5_000, "ann", body)),
                0);
    }

    private static void watermark(
            KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> op, long millis) throws Exception {
        op.processWatermark1(new Watermark(millis));
        op.processWatermark2(new Watermark(millis));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, NotableAlert, TenantNews, IncidentEvent>
            harness(OperatorSubtaskState state) throws Exception {
        var op =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String, NotableAlert, TenantNews, IncidentEvent>(
                        new CorrelateUnderControlOperator(
                                POLICY,
                                ControlSettings.none(),
                                1_000,
                                PassClock.standingStill(),
                                FateDetail.ALL_BUT_REPEATS),
                        AlertKey.TENANT_OF_NOTABLE,
                        null,
                        Types.STRING);
        if (state != null) {
            op.initializeState(state);
        }
        op.open();
        return op;
    }
}
