// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import static io.incidentcommander.operators.Alerts.notable;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GroupByGapOperatorTest {
    private static final long GAP = 10_000;

    @Test
    void anIncidentIsClosedAtTheGapAfterItsLastAlertAlsoAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(null)) {
            before.processElement(notable(1, "orders", Severity.HIGH, 1_000), 1_000);
            before.processWatermark(5_000);
            before.processElement(notable(2, "orders", Severity.HIGH, 9_000), 9_000);
            before.prepareSnapshotPreBarrier(1);
            state = before.snapshot(1, 1);
            assertThat(before.extractOutputValues())
                    .extracting(IncidentEvent::kind)
                    .containsExactly(IncidentEventKind.OPENED, IncidentEventKind.UPDATED);
        }
        try (var after = harness(state)) {
            after.processWatermark(18_999);
            assertThat(after.extractOutputValues()).isEmpty();
            assertThat(after.numEventTimeTimers()).isEqualTo(1);

            after.processWatermark(19_000);

            assertThat(after.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            event -> {
                                assertThat(event.kind()).isEqualTo(IncidentEventKind.CLOSED);
                                assertThat(event.eventTimeMillis()).isEqualTo(19_000);
                                assertThat(event.incident().alertCount()).isEqualTo(2);
                            });
            assertThat(after.numEventTimeTimers()).isZero();
            assertThat(after.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void incidentsThatFollowEachOtherAtOnceShareOneTimer() throws Exception {
        try (var harness = harness(null)) {
            for (int i = 0; i < 5; i++) {
                long time = i * (GAP + 1);
                harness.processElement(notable(i, "orders", Severity.HIGH, time), time);
                assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            }
            harness.processWatermark(5 * (GAP + 1));

            assertThat(harness.extractOutputValues())
                    .filteredOn(event -> event.kind() == IncidentEventKind.CLOSED)
                    .hasSize(5);
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void servicesHaveIncidentsOfTheirOwnAndEveryAlertOneFate() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement(notable(1, "orders", Severity.LOW, 10), 10);
            harness.processElement(notable(1, "payments", Severity.LOW, 20), 20);
            harness.processElement(notable(2, "orders", Severity.LOW, 30), 30);
            harness.prepareSnapshotPreBarrier(1);

            assertThat(Outputs.fates(harness))
                    .extracting(AlertFate::disposition)
                    .containsExactly(
                            Disposition.DELIVERED, Disposition.DELIVERED, Disposition.GROUPED);
            assertThat(Outputs.fates(harness))
                    .extracting(fate -> fate.incidentId().orElseThrow())
                    .satisfies(
                            ids -> {
                                assertThat(ids.get(0)).isEqualTo(ids.get(2));
                                assertThat(ids.get(0)).isNotEqualTo(ids.get(1));
                            });
            assertThat(Outputs.counted(harness, "kafka", Disposition.DELIVERED)).isEqualTo(2);
            assertThat(Outputs.counted(harness, "kafka", Disposition.GROUPED)).isEqualTo(1);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple2<String, String>, NotableAlert, IncidentEvent>
            harness(OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Tuple2<String, String>, NotableAlert, IncidentEvent>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new GroupByGapOperator(
                                        GAP,
                                        new TierCost(new BigDecimal("100")),
                                        FateDetail.ALL_BUT_REPEATS),
                                AlertKey.OF_NOTABLE,
                                AlertKey.SERVICE_TYPE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
