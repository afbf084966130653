// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.diagnosis.offline.FirstAlerts;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AskForDiagnosisFunctionTest {
    private static final long T = 1_700_000_000_000L;
    private static final long DEADLINE = 180_000;
    private static final long NOW = 42;

    @Test
    void asksOnceTheFirstAlertsAreTogetherAndTellsAllThatBelongsToIt() throws Exception {
        try (var harness = harness()) {
            tell(harness, CaseClue.of(alert(1, "db", T, "Slow")));
            tell(harness, CaseClue.of(opened(Severity.HIGH, T, IncidentEventKind.OPENED)));
            tell(harness, CaseClue.of(alert(2, "web", T + 2_000, "Errors")));
            tell(harness, CaseClue.of(alert(3, "elsewhere", T, "Errors")));
            tell(harness, CaseClue.of(match("db")));
            tell(harness, CaseClue.of(match("elsewhere")));
            tell(harness, CaseClue.of(logs("db", 2)));
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.processWatermark(new Watermark(T + 6_000));

            List<DiagnosisRequest> asked = harness.extractOutputValues();
            assertThat(asked).hasSize(1);
            DiagnosisRequest request = asked.get(0);
            assertThat(request.alerts()).extracting(Alert::service).containsExactly("db", "web");
            assertThat(request.matches()).extracting(PatternMatch::subject).containsExactly("db");
            assertThat(request.logs()).extracting(LogFinding::id).containsExactly("l0", "l1");
            assertThat(request.candidates()).hasSizeGreaterThan(2);
            assertThat(request.deadlineAtMillis()).isEqualTo(NOW + DEADLINE);
            assertThat(request.attempt()).isEqualTo(1);
        }
    }

    @Test
    void asksAgainOnlyWhenItIsAnotherAndTheFirstAnalysisIsOver() throws Exception {
        try (var harness = harness()) {
            tell(harness, CaseClue.of(opened(Severity.HIGH, T, IncidentEventKind.OPENED)));
            harness.processWatermark(new Watermark(T + 10_000));
            tell(harness, CaseClue.of(opened(Severity.HIGH, T + 9_000, IncidentEventKind.UPDATED)));
            tell(
                    harness,
                    CaseClue.of(opened(Severity.CRITICAL, T + 10_000, IncidentEventKind.UPDATED)));
            harness.processWatermark(new Watermark(T + 100_000));
            assertThat(harness.extractOutputValues()).hasSize(1);

            harness.processWatermark(new Watermark(T + 200_000));
            assertThat(harness.extractOutputValues())
                    .extracting(DiagnosisRequest::attempt)
                    .containsExactly(1, 2);
            assertThat(harness.extractOutputValues().get(1).incident().severity())
                    .isEqualTo(Severity.CRITICAL);
        }
    }

    @Test
    void asksNoMoreThanFiveTimesAndNotOfWhatIsOver() throws Exception {
        try (var harness = harness()) {
            long at = T;
            for (int i = 0; i < 9; i++) {
                tell(harness, CaseClue.of(opened(Severity.HIGH, at, IncidentEventKind.REOPENED)));
                at += 200_000;
                harness.processWatermark(new Watermark(at));
            }
            assertThat(harness.extractOutputValues()).hasSize(CaseDesk.MOST_ATTEMPTS);
        }
        try (var harness = harness()) {
            tell(harness, CaseClue.of(opened(Severity.HIGH, T, IncidentEventKind.OPENED)));
            tell(harness, CaseClue.of(closed(T + 1_000)));
            harness.processWatermark(new Watermark(T + 60_000));
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void aStormOfOneServiceIsSixAlertsAndAllOfItIsForgotten() throws Exception {
        try (var harness = harness()) {
            for (int i = 0; i < 500; i++) {
                tell(harness, CaseClue.of(alert(i, "db", T + i, "n" + i % 50)));
            }
            tell(harness, CaseClue.of(logs("db", 1)));
            tell(harness, CaseClue.of(match("db")));
            tell(harness, CaseClue.of(opened(Severity.HIGH, T + 500, IncidentEventKind.OPENED)));
            harness.processWatermark(new Watermark(T + 6_000));
            assertThat(harness.extractOutputValues().get(0).alerts())
                    .hasSize(FirstAlerts.MOST_OF_SERVICE);

            tell(harness, CaseClue.of(closed(T + 7_000)));
            harness.processWatermark(new Watermark(T + 3_600_000));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aRestoreAsksAsItWouldHave() throws Exception {
        var snapshot = new ArrayList<org.apache.flink.runtime.checkpoint.OperatorSubtaskState>();
        try (var harness = harness()) {
            tell(harness, CaseClue.of(alert(1, "db", T, "Slow")));
            tell(harness, CaseClue.of(opened(Severity.HIGH, T, IncidentEventKind.OPENED)));
            snapshot.add(harness.snapshot(1, 1));
        }
        try (var harness = unopened()) {
            harness.initializeState(snapshot.get(0));
            harness.open();
            harness.processWatermark(new Watermark(T + 6_000));
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.extractOutputValues().get(0).alerts()).hasSize(1);
        }
    }

    private static void tell(
            KeyedOneInputStreamOperatorTestHarness<String, CaseClue, DiagnosisRequest> harness,
            CaseClue clue)
            throws Exception {
        harness.processElement(new StreamRecord<>(clue));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, CaseClue, DiagnosisRequest>
            harness() throws Exception {
        var harness = unopened();
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, CaseClue, DiagnosisRequest>
            unopened() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new AskForDiagnosisFunction(
                                new AskingPolicy(
                                        RunbookCatalogueReader.read(
                                                "failover: {version: '1', types:"
                                                    + " [database_failure], risk: high, takes: 2"
                                                    + " min, rollback: back}",
                                                new Problems("test")),
                                        ControlSettings.none(),
                                        DEADLINE,
                                        () -> NOW))),
                CaseClue::tenant,
                Types.STRING);
    }

    private static IncidentEvent opened(Severity severity, long at, IncidentEventKind kind) {
        return event(incident(severity, at).build(), at, kind);
    }

    private static IncidentEvent closed(long at) {
        return event(
                incident(Severity.HIGH, at).closedAtMillis(at).build(),
                at,
                IncidentEventKind.CLOSED);
    }

    private static IncidentEvent event(Incident incident, long at, IncidentEventKind kind) {
        return IncidentEvent.of(
                incident, kind, at, "test", "test", List.of(), ChainHead.GENESIS_HASH);
    }

    private static Incident.Builder incident(Severity severity, long at) {
        return Incident.builder()
                .incidentId("inc")
                .tenant("t")
                .type(IncidentType.DATABASE_FAILURE)
                .severity(severity)
                .services(List.of("db", "web"))
                .openedAtMillis(T)
                .updatedAtMillis(at)
                .sequence(1);
    }

    private static Alert alert(int n, String service, long at, String name) {
        return Alert.builder()
                .id(new AlertId("s", "p", n, 0))
                .tenant("t")
                .format(AlertFormat.CANONICAL)
                .fingerprint(new Fingerprint(n, n))
                .name(name)
                .service(service)
                .severity(Severity.HIGH)
                .status(AlertStatus.FIRING)
                .eventTimeMillis(at)
                .originalTimeMillis(at)
                .build();
    }

    private static PatternMatch match(String service) {
        return new PatternMatch(
                PatternKind.STORM, "p", 1, "t", service, List.of(service), T, T, List.of(), "w");
    }

    private static ServiceLogs logs(String service, int findings) {
        List<LogFinding> all = new ArrayList<>();
        for (int i = 0; i < findings; i++) {
            all.add(
                    new LogFinding(
                            "l" + i, service, Severity.HIGH, "t", "e", 9, 1, 0.001 * i, T, T));
        }
        return new ServiceLogs("t", service, T + 1_000, all);
    }
}
