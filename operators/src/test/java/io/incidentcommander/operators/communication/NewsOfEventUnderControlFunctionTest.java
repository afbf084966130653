// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NewsOfEventUnderControlFunctionTest {
    private static final long T = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final String SAID = "orders deployment v42 by ann, 4 min before";

    @Test
    void whatChangedBeforeIsSaidAfterARestoreTooAndOnce() throws Exception {
        OperatorSubtaskState saved;
        try (var op = harness(Optional.empty())) {
            hear(op, change(1, T - 4 * MINUTE));
            hear(op, change(1, T - 4 * MINUTE));
            assertThat(changed(op, T)).isEqualTo(SAID);
            saved = op.snapshot(1, 1);
        }
        try (var op = harness(Optional.of(saved))) {
            assertThat(changed(op, T)).isEqualTo(SAID);
            hear(op, change(1, T - 2 * MINUTE));
            assertThat(changed(op, T)).as("a sequence that is known").isEqualTo(SAID);
            hear(op, ControlUpdate.withdraw(ControlKind.CHANGE, "acme", "c", 2, T, "ann"));
            assertThat(changed(op, T)).isEmpty();
        }
    }

    @Test
    void nothingIsLeftOfItAfterItsTime() throws Exception {
        try (var op = harness(Optional.empty())) {
            hear(op, change(1, T));
            op.processWatermark1(new Watermark(T + 2 * HOUR + 1));
            assertThat(changed(op, T + 3 * HOUR)).isEmpty();
            assertThat(
                            op.getOperator()
                                    .getOperatorStateBackend()
                                    .getBroadcastState(ControlState.DESCRIPTOR)
                                    .entries())
                    .isEmpty();
        }
    }

    private static String changed(
            TwoInputStreamOperatorTestHarness<IncidentEvent, ControlUpdate, IncidentNews> op,
            long began)
            throws Exception {
        Incident incident =
                Incident.builder()
                        .incidentId("i")
                        .tenant("acme")
                        .severity(Severity.HIGH)
                        .services(List.of("orders"))
                        .openedAtMillis(began)
                        .updatedAtMillis(began)
                        .sequence(1)
                        .build();
        IncidentEvent event =
                IncidentEvent.of(
                        incident,
                        IncidentEventKind.OPENED,
                        began,
                        "correlation",
                        "opened",
                        List.of(),
                        ChainHead.GENESIS_HASH);
        op.processElement1(new StreamRecord<>(event, began));
        List<IncidentNews> told = op.extractOutputValues();
        return told.get(told.size() - 1).brief().changed();
    }

    private static ControlUpdate change(long sequence, long at) {
        return ControlUpdate.set(
                ControlKind.CHANGE,
                "acme",
                "c",
                sequence,
                at,
                "ann",
                "{service: orders, what: deployment v42}");
    }

    private static void hear(
            TwoInputStreamOperatorTestHarness<IncidentEvent, ControlUpdate, IncidentNews> op,
            ControlUpdate update)
            throws Exception {
        op.processElement2(new StreamRecord<>(update));
    }

    private static TwoInputStreamOperatorTestHarness<IncidentEvent, ControlUpdate, IncidentNews>
            harness(Optional<OperatorSubtaskState> state) throws Exception {
        CoProcessOperator<IncidentEvent, ControlUpdate, IncidentNews> operator =
                new CoProcessOperator<>(
                        new NewsOfEventUnderControlFunction(
                                new ControlSettings(List.of(), 1, 2 * HOUR)));
        TwoInputStreamOperatorTestHarness<IncidentEvent, ControlUpdate, IncidentNews> harness =
                new TwoInputStreamOperatorTestHarness<>(operator);
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        return harness;
    }
}
