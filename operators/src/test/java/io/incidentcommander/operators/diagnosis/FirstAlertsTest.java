// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.diagnosis.offline.FirstAlerts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is not let through changes no request. */
class FirstAlertsTest {
    private static final long T = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final List<String> SERVICES = List.of("db", "web");

    @Test
    void requestsAreTheSameAsIfAllAlertsHadComeAndFewDo() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            List<Alert> storm = storm(seed);
            FirstAlerts first = new FirstAlerts(10);
            List<Alert> few = storm.stream().filter(first::isNew).toList();

            assertThat(few).as("seed %d", seed).hasSizeLessThan(storm.size() / 20);
            assertThat(requests(few, storm)).as("seed %d", seed).isEqualTo(requests(storm, storm));
        }
    }

    @Test
    void ofTwoOfANameOneIsShuffled() throws Exception {
        try (var harness =
                new OneInputStreamOperatorTestHarness<NotableAlert, CaseClue>(
                        new StreamFlatMap<>(new FirstAlertsFunction()))) {
            harness.open();
            for (int i = 0; i < 2; i++) {
                harness.processElement(
                        new StreamRecord<>(
                                new NotableAlert(alert(i, "a", "n", T + i), NotifyReason.NEW, 1)));
            }
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void whatItForgetsWhenItIsFullIsLetThroughAgain() {
        FirstAlerts first = new FirstAlerts(2);
        assertThat(first.isNew(alert(1, "a", "n", T))).isTrue();
        assertThat(first.isNew(alert(2, "b", "n", T))).isTrue();
        assertThat(first.isNew(alert(3, "a", "n", T))).isFalse();
        assertThat(first.isNew(alert(4, "c", "n", T))).isTrue();
        assertThat(first.isNew(alert(5, "a", "n", T))).isTrue();
    }

    /** For half an hour, each service many names, in order of time. */
    private static List<Alert> storm(long seed) {
        Random random = new Random(seed);
        List<Alert> storm = new ArrayList<>();
        long time = T;
        for (int i = 0; i < 3_000; i++) {
            time += random.nextInt(1_200);
            String service = SERVICES.get(random.nextInt(SERVICES.size()));
            storm.add(alert(i, service, "n" + random.nextInt(3 + (int) seed), time));
        }
        return storm;
    }

    /** Of an incident every four minutes, over what was let through. */
    private static List<List<AlertId>> requests(List<Alert> heard, List<Alert> storm)
            throws Exception {
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new AskForDiagnosisFunction(
                                        new AskingPolicy(
                                                RunbookCatalogueReader.read(
                                                        "{}", new Problems("test")),
                                                ControlSettings.none(),
                                                180_000,
                                                () -> 42))),
                        CaseClue::tenant,
                        Types.STRING)) {
            harness.open();
            long last = storm.get(storm.size() - 1).eventTimeMillis();
            int next = 0;
            for (long time = T + MINUTE; time < last; time += MINUTE) {
                while (next < heard.size() && heard.get(next).eventTimeMillis() <= time) {
                    harness.processElement(new StreamRecord<>(CaseClue.of(heard.get(next++))));
                }
                if (time / MINUTE % 4 == 0) {
                    harness.processElement(new StreamRecord<>(opened(time)));
                }
                harness.processWatermark(new Watermark(time));
            }
            List<List<AlertId>> told = new ArrayList<>();
            for (DiagnosisRequest request : harness.extractOutputValues()) {
                told.add(request.alerts().stream().map(Alert::id).toList());
            }
            assertThat(told).hasSizeGreaterThan(3);
            return told;
        }
    }

    private static CaseClue opened(long at) {
        Incident incident =
                Incident.builder()
                        .incidentId("i" + at)
                        .tenant("t")
                        .type(IncidentType.DATABASE_FAILURE)
                        .severity(Severity.HIGH)
                        .services(SERVICES)
                        .openedAtMillis(at)
                        .updatedAtMillis(at)
                        .sequence(1)
                        .build();
        return CaseClue.of(
                IncidentEvent.of(
                        incident,
                        IncidentEventKind.OPENED,
                        at,
                        "test",
                        "test",
                        List.of(),
                        ChainHead.GENESIS_HASH));
    }

    private static Alert alert(int n, String service, String name, long at) {
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
}
