// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An incident of a tenant, and its metrics before and while it lasts. */
final class SlowDatabase {
    static final long PERIOD = ServiceReadings.PERIOD_MILLIS;
    static final long T0 = 1_700_000_000_000L / PERIOD * PERIOD;
    private static final int NORMAL = 60;
    static final long OPENED = T0 + NORMAL * PERIOD;
    static final long ASKED = OPENED + 20_000;

    private SlowDatabase() {}

    /** The database gets slow when the incident opens, and the web with it; the cache does not. */
    static List<ServiceReadings> readings(String tenant) {
        Random random = new Random(11);
        List<ServiceReadings> all = new ArrayList<>();
        for (int i = 0; i < NORMAL + 4; i++) {
            long time = T0 + i * PERIOD;
            double slow = i >= NORMAL ? 2 : 0;
            for (String service : List.of("cache", "db", "web")) {
                double extra = service.equals("cache") ? 0 : slow;
                double latency = 0.1 * (1 + 0.1 * random.nextDouble()) + extra;
                double requests = 50 + random.nextInt(5);
                all.add(ServiceReadings.of(tenant, service, time, "latency_seconds", latency));
                all.add(ServiceReadings.of(tenant, service, time, "requests_per_second", requests));
            }
        }
        return all;
    }

    static DiagnosisRequest request(String tenant) {
        Incident incident =
                Incident.builder()
                        .incidentId("inc-" + tenant)
                        .tenant(tenant)
                        .type(IncidentType.DATABASE_FAILURE)
                        .severity(Severity.HIGH)
                        .services(List.of("db", "web"))
                        .confidence(0.8)
                        .openedAtMillis(OPENED)
                        .updatedAtMillis(OPENED)
                        .sequence(1)
                        .build();
        return DiagnosisRequest.builder()
                .incident(incident)
                .calls(List.of(ServiceCall.of("web", "db"), ServiceCall.of("web", "cache")))
                .requestedAtMillis(ASKED)
                .deadlineAtMillis(ASKED)
                .build();
    }
}
