// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.Outputs;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrichOperatorTest {
    @Test
    void theFirstAlertOfAWellServiceIsAnOnsetWithAllItNeeds() throws Exception {
        try (var harness = EnrichHarness.of()) {
            harness.processElement(Alerts.notable(1, "web", Severity.HIGH, 1_000), 1_000);
            harness.processElement(Alerts.notable(2, "web", Severity.HIGH, 200_000), 200_000);
            harness.processElement(Alerts.notable(3, "web", Severity.LOW, 300_000), 300_000);
            assertThat(Outputs.side(harness, EnrichOperator.ONSETS))
                    .singleElement()
                    .satisfies(
                            onset -> {
                                assertThat(onset.kind()).isEqualTo(Kind.ONSET);
                                assertThat(onset.dependsOn()).containsExactly("orders", "db");
                            });
            harness.processWatermark(300_999);
            assertThat(Outputs.side(harness, EnrichOperator.CROWDS))
                    .extracting(DetectionEvent::alerts)
                    .containsExactly(1, 1, 1);
        }
    }

    @Test
    void whatFiresAndWhatClearsIsHandedOnByItsFingerprint() throws Exception {
        try (var harness = EnrichHarness.of()) {
            harness.processElement(Alerts.notable(1, "web", Severity.HIGH, 1_000), 1_000);
            harness.processElement(resolved(1, 2_000), 2_000);
            harness.processElement(Alerts.notable(2, "web", Severity.LOW, 3_000), 3_000);
            assertThat(harness.extractOutputValues())
                    .extracting(DetectionEvent::kind)
                    .containsExactly(Kind.FIRING, Kind.CLEARED, Kind.FIRING);
            List<DetectionEvent> events = harness.extractOutputValues();
            assertThat(events.get(0).subject()).isEqualTo(events.get(1).subject());
            assertThat(events.get(2).subject()).isNotEqualTo(events.get(1).subject());
        }
    }

    @Test
    void theAlertsOfASecondAreOneCrowdAndALateOneCountsNowhere() throws Exception {
        try (var harness = EnrichHarness.of()) {
            for (int i = 0; i < 30; i++) {
                harness.processElement(
                        Alerts.notable(i, "web", Severity.LOW, 1_000 + i), 1_000 + i);
            }
            harness.processWatermark(1_500);
            assertThat(Outputs.side(harness, EnrichOperator.CROWDS)).isEmpty();
            harness.processWatermark(1_999);
            harness.processElement(Alerts.notable(99, "web", Severity.LOW, 1_500), 1_500);
            harness.processElement(Alerts.notable(98, "web", Severity.LOW, 2_500), 2_500);
            harness.processWatermark(2_999);
            assertThat(Outputs.side(harness, EnrichOperator.CROWDS))
                    .extracting(c -> c.value().orElse(-1) + "+" + c.alerts())
                    .containsExactly("0.0+30", "30.0+1", "30.0+1");
        }
    }

    @Test
    void afterFiveMinutesOfPeaceItIsWellAndNothingIsLeft() throws Exception {
        try (var harness = EnrichHarness.of()) {
            harness.processElement(Alerts.notable(1, "web", Severity.HIGH, 1_000), 1_000);
            harness.processElement(Alerts.notable(2, "web", Severity.HIGH, 200_000), 200_000);
            harness.processWatermark(301_000);
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.processWatermark(500_000);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.processElement(Alerts.notable(1, "web", Severity.HIGH, 600_000), 600_000);
            assertThat(Outputs.side(harness, EnrichOperator.ONSETS)).hasSize(2);
        }
    }

    private static NotableAlert resolved(int fingerprint, long time) {
        return new NotableAlert(
                Alerts.alert(fingerprint, "web", Severity.HIGH, AlertStatus.RESOLVED, time),
                NotifyReason.RESOLVED,
                1);
    }
}
