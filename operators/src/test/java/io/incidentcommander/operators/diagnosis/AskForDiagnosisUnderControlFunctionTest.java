// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A request tells the calls that hold when it is made; whoever ranks by metrics goes by them. */
class AskForDiagnosisUnderControlFunctionTest {
    private static final long T = 1_700_000_000_000L;
    private static final ControlSettings FILES =
            new ControlSettings(
                    List.of(new ControlFile("calls.yaml", "topology: {web: [db], db: [disk]}")),
                    10);

    @Test
    void callsThatChangedBeforeAreToldAcrossARestoreTooAndLaterOnesAreNot() throws Exception {
        OperatorSubtaskState changed;
        try (Harness harness = new Harness(Optional.empty())) {
            harness.open("first", T);
            assertThat(harness.asked(T + 6_000).calls())
                    .containsExactly(ServiceCall.of("web", "db"), ServiceCall.of("db", "disk"));

            harness.update(1, T + 60_000, "topology: {db: [web]}");
            harness.open("second", T + 10_000);
            assertThat(harness.asked(T + 16_000).calls()).hasSize(2);

            harness.update(
                    2, T + 50_000, "services: {web: {dependencies: [cache]}, db: {users: 1}}");
            changed = harness.snapshot();
        }
        try (Harness harness = new Harness(Optional.of(changed))) {
            harness.open("third", T + 70_000);
            DiagnosisRequest request = harness.asked(T + 76_000);
            assertThat(request.calls()).containsExactly(ServiceCall.of("web", "cache"));
            assertThat(request.surroundings().nodes()).containsExactly("cache", "db", "web");
        }
    }

    private static final class Harness implements AutoCloseable {
        private final KeyedTwoInputStreamOperatorTestHarness<
                        String, CaseClue, ControlUpdate, DiagnosisRequest>
                harness;

        Harness(Optional<OperatorSubtaskState> state) throws Exception {
            AskingPolicy policy =
                    new AskingPolicy(
                            RunbookCatalogueReader.read("{}", new Problems("test")),
                            FILES,
                            180_000,
                            () -> 42);
            harness =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(
                                    new AskForDiagnosisUnderControlFunction(policy)),
                            CaseClue::tenant,
                            update -> "",
                            Types.STRING);
            harness.setup();
            if (state.isPresent()) {
                harness.initializeState(state.get());
            }
            harness.open();
            harness.processWatermark2(Watermark.MAX_WATERMARK);
        }

        void open(String id, long at) throws Exception {
            Incident incident =
                    Incident.builder()
                            .incidentId(id)
                            .tenant("t")
                            .type(IncidentType.DATABASE_FAILURE)
                            .severity(Severity.HIGH)
                            .services(List.of("db", "web"))
                            .openedAtMillis(at)
                            .updatedAtMillis(at)
                            .sequence(1)
                            .build();
            harness.processElement1(
                    new StreamRecord<>(
                            CaseClue.of(
                                    IncidentEvent.of(
                                            incident,
                                            IncidentEventKind.OPENED,
                                            at,
                                            "test",
                                            "test",
                                            List.of(),
                                            ChainHead.GENESIS_HASH))));
        }

        void update(long sequence, long fromMillis, String text) throws Exception {
            harness.processElement2(
                    new StreamRecord<>(
                            ControlUpdate.set(
                                    ControlKind.DOCUMENT,
                                    "*",
                                    "calls.yaml",
                                    sequence,
                                    fromMillis,
                                    "ann",
                                    text)));
        }

        DiagnosisRequest asked(long watermark) throws Exception {
            harness.processWatermark1(new Watermark(watermark));
            List<DiagnosisRequest> all = harness.extractOutputValues();
            return all.get(all.size() - 1);
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
