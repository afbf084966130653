// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EnrichOperatorTest {
    private static final ControlSettings SHOP =
            new ControlSettings(
                    List.of(
                            new ControlFile(
                                    "t.yaml",
                                    "tenant: acme\ntopology:\n  web: [orders]\n  orders: [db]\n")),
                    10);

    @Test
    void theFirstAlertOfAWellServiceIsAnOnsetWithAllItNeeds() throws Exception {
        try (var harness = harness()) {
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
            assertThat(harness.extractOutputValues())
                    .extracting(DetectionEvent::kind)
                    .containsExactly(Kind.FIRING, Kind.FIRING, Kind.FIRING);
        }
    }

    @Test
    void afterFiveMinutesOfPeaceItIsWellAndNothingIsLeft() throws Exception {
        try (var harness = harness()) {
            harness.processElement(Alerts.notable(1, "web", Severity.HIGH, 1_000), 1_000);
            harness.processElement(Alerts.notable(2, "web", Severity.HIGH, 200_000), 200_000);
            harness.processWatermark(301_000);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.processWatermark(500_000);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.processElement(Alerts.notable(1, "web", Severity.HIGH, 600_000), 600_000);
            assertThat(Outputs.side(harness, EnrichOperator.ONSETS)).hasSize(2);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple2<String, String>, NotableAlert, DetectionEvent>
            harness() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Tuple2<String, String>, NotableAlert, DetectionEvent>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new EnrichOperator(SHOP),
                                AlertKey.OF_NOTABLE,
                                AlertKey.SERVICE_TYPE);
        harness.open();
        return harness;
    }
}
