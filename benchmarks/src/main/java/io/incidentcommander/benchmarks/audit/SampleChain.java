// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.util.ArrayList;
import java.util.List;

/** The events of an incident that grows: eight services, 20 alerts each. */
final class SampleChain {
    static final long T0 = 1_700_000_000_000L;

    private SampleChain() {}

    static IncidentEvent next(ChainHead head, int i) {
        List<String> services = new ArrayList<>();
        for (int s = 0; s < 8; s++) {
            services.add("service-" + (i + s) % 40);
        }
        List<AlertId> alerts = new ArrayList<>();
        for (int a = 0; a < 20; a++) {
            alerts.add(new AlertId("kafka-production", "alerts-" + a % 4, i * 20L + a, 0));
        }
        return IncidentEventChain.next(
                head,
                i == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                Incident.builder()
                        .incidentId("0123456789abcdef0123456789abcdef")
                        .tenant("acme")
                        .severity(Severity.HIGH)
                        .services(services)
                        .state(IncidentState.DIAGNOSING)
                        .openedAtMillis(T0)
                        .updatedAtMillis(T0 + i)
                        .alertCount(i)
                        .title("orders is slow, and so is what calls it")
                        .build(),
                T0 + i,
                "correlation",
                "reached service-" + i % 40 + ": latency high; same labels, 3 hops away",
                alerts);
    }
}
