// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.List;
import java.util.Map;

/** An incident of three services, two of which call the third. */
public final class Requests {
    public static final long OPENED = 1_700_000_000_000L;

    private Requests() {}

    public static DiagnosisRequest usual() {
        return of(
                List.of(
                        alert(0, "checkout", 20, "Errors", "5xx above 3 %"),
                        alert(1, "payments", 0, "Connections", "pool exhausted"),
                        alert(2, "orders", 30, "Errors", "5xx above 2 %")));
    }

    public static DiagnosisRequest of(List<Alert> alerts) {
        return DiagnosisRequest.builder()
                .incident(incident("checkout", "orders", "payments"))
                .alerts(alerts)
                .matches(List.of(match("payments")))
                .calls(
                        List.of(
                                ServiceCall.of("checkout", "payments"),
                                ServiceCall.of("orders", "payments")))
                .candidates(
                        List.of(
                                new Action("restart", "1", "checkout", Map.of()),
                                new Action("restart", "1", "payments", Map.of()),
                                Action.ESCALATE,
                                Action.NO_ACTION))
                .logs(
                        List.of(
                                new LogFinding(
                                        "t-1",
                                        "payments",
                                        Severity.HIGH,
                                        "no connection within <*> ms",
                                        "no connection within 3000 ms",
                                        120,
                                        2.5,
                                        1e-9,
                                        OPENED,
                                        OPENED + 60_000)))
                .memories(
                        List.of(
                                new MemoryHit(
                                        "m-1",
                                        "fedcba9876543210fedcba9876543210",
                                        IncidentType.DATABASE_FAILURE,
                                        List.of("payments"),
                                        "pool exhausted",
                                        "too few connections",
                                        "restart",
                                        3,
                                        1,
                                        0.03,
                                        OPENED - 1)))
                .requestedAtMillis(OPENED + 60_000)
                .deadlineAtMillis(OPENED + 240_000)
                .build();
    }

    public static Incident incident(String... services) {
        return Incident.builder()
                .incidentId("0123456789abcdef0123456789abcdef")
                .tenant("acme")
                .type(IncidentType.DATABASE_FAILURE)
                .severity(Severity.HIGH)
                .services(List.of(services))
                .openedAtMillis(OPENED)
                .updatedAtMillis(OPENED)
                .confidence(0.8)
                .build();
    }

    public static Alert alert(int n, String service, long second, String name, String summary) {
        return Alert.builder()
                .id(new AlertId("kafka", "alerts-0", n, 0))
                .tenant("acme")
                .format(AlertFormat.CANONICAL)
                .fingerprint(new Fingerprint(n, n))
                .name(name)
                .service(service)
                .severity(Severity.HIGH)
                .status(AlertStatus.FIRING)
                .eventTimeMillis(OPENED + second * 1_000)
                .originalTimeMillis(OPENED + second * 1_000)
                .summary(summary)
                .build();
    }

    public static PatternMatch match(String service) {
        return new PatternMatch(
                PatternKind.CASCADE,
                "cascade",
                1,
                "acme",
                service,
                List.of(service),
                OPENED,
                OPENED + 30_000,
                List.of(),
                service + " fell ill, then what calls it");
    }
}
