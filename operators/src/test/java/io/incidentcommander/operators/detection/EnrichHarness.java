// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator in front of the patterns, for a shop of three services. */
final class EnrichHarness
        extends KeyedOneInputStreamOperatorTestHarness<
                Tuple2<String, String>, NotableAlert, DetectionEvent> {
    private static final ControlSettings SHOP =
            new ControlSettings(
                    List.of(
                            new ControlFile(
                                    "t.yaml",
                                    "tenant: acme\ntopology:\n  web: [orders]\n  orders: [db]\n")),
                    10);

    private EnrichHarness() throws Exception {
        super(new EnrichOperator(SHOP), AlertKey.OF_NOTABLE, AlertKey.SERVICE_TYPE);
    }

    static EnrichHarness of() throws Exception {
        EnrichHarness harness = new EnrichHarness();
        harness.open();
        return harness;
    }

    static EnrichHarness restored(OperatorSubtaskState state) throws Exception {
        EnrichHarness harness = new EnrichHarness();
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    /** Each second after the watermark that closes the one before. */
    void take(List<NotableAlert> alerts) throws Exception {
        for (NotableAlert alert : alerts) {
            long time = alert.alert().eventTimeMillis();
            processWatermark(Math.floorDiv(time, 1000) * 1000 - 1);
            processElement(alert, time);
        }
    }

    /** All of them, and the end of time. */
    void push(List<NotableAlert> alerts) throws Exception {
        take(alerts);
        processWatermark(Long.MAX_VALUE);
    }
}
