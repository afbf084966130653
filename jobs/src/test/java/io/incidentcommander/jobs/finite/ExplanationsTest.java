// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a job that goes on: what its topics of fates and of incidents hold. */
class ExplanationsTest {
    private static final long T0 = 1_767_225_600_000L;
    private static final String SENTENCE =
            "latency of shop is 290 ms, above the 110 to 130 expected";

    @TempDir Path directory;
    private Explanations explanations;

    @BeforeEach
    void write() throws IOException {
        Alert anomaly = anomaly();
        AlertFate fate = AlertFate.of(anomaly, Disposition.SILENCED, "correlation", "silence s1");
        AlertFate later =
                AlertFate.of(anomaly, Disposition.DELIVERED, "correlation", "opened the incident")
                        .inIncident("aa");
        AlertFate of =
                AlertFate.of(
                        new AlertId("kafka", "alerts-0", 7, 0),
                        Disposition.DUPLICATE,
                        "sampling",
                        "repeat of an alert that is known in this state");
        ResultFiles files = ResultFiles.in(directory);
        write(files.alerts(), AuditJson.of(later), AuditJson.of(fate), AuditJson.of(of));
        List<byte[]> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        for (String cause :
                List.of("first alert: latency; nothing as unusual", "reached db: slow")) {
            IncidentEvent event =
                    IncidentEventChain.next(
                            head,
                            events.isEmpty() ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                            incident(),
                            T0 + events.size() * 1_000L,
                            "correlation",
                            cause,
                            List.of(anomaly.id()));
            head = event.head();
            events.add(0, AuditJson.of(event));
        }
        write(files.incidents(), events.toArray(byte[][]::new));
        explanations = new Explanations(files);
    }

    @Test
    void anAnomalyIsToldByItsSentence() throws IOException {
        assertThat(explanations.of(anomaly().id().toString()).orElseThrow())
                .anyMatch(line -> line.contains("raised about a value") && line.contains(SENTENCE));
    }

    @Test
    void whatWasHeldAndLetGoIsToldAsItEnded() throws IOException {
        assertThat(explanations.of(anomaly().id().toString()).orElseThrow())
                .anyMatch(line -> line.contains("delivered: opened the incident"))
                .noneMatch(line -> line.contains("silence s1"));
    }

    @Test
    void anIncidentIsToldByItsEventsInTheirOrder() throws IOException {
        assertThat(explanations.of("aa").orElseThrow())
                .containsSubsequence(
                        "  history      2026-01-01T00:00:00Z opened: first alert: latency; nothing"
                                + " as unusual",
                        "               2026-01-01T00:00:01Z updated: reached db: slow");
    }

    private static Alert anomaly() {
        return Alert.builder()
                .id(new AlertId("kafka", "metrics-3", 41, 2).raised())
                .tenant("acme")
                .format(AlertFormat.CANONICAL)
                .fingerprint(new Fingerprint(1, 2))
                .name("latency")
                .service("shop")
                .severity(Severity.LOW)
                .status(AlertStatus.FIRING)
                .eventTimeMillis(T0)
                .originalTimeMillis(T0)
                .summary(SENTENCE)
                .build();
    }

    private static Incident incident() {
        return Incident.builder()
                .incidentId("aa")
                .tenant("acme")
                .severity(Severity.LOW)
                .services(List.of("shop"))
                .openedAtMillis(T0)
                .updatedAtMillis(T0)
                .alertCount(1)
                .keptAlerts(1)
                .title(SENTENCE)
                .build();
    }

    private static void write(Path file, byte[]... rows) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] row : rows) {
            text.append(new String(row, StandardCharsets.UTF_8)).append('\n');
        }
        Files.writeString(file, text);
    }
}
