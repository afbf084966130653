// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.List;

/** Chains of events that hang together. */
final class EventSamples {
    private static final long T0 = 1_700_000_000_000L;

    private EventSamples() {}

    static List<IncidentEvent> chain(String incidentId, int length) {
        List<IncidentEvent> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        for (int i = 0; i < length; i++) {
            IncidentEvent event = next(incidentId, head, "alert " + i);
            events.add(event);
            head = event.head();
        }
        return events;
    }

    static List<IncidentEvent> chain(String incidentId, Severity severity, int length) {
        List<IncidentEvent> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        for (int i = 0; i < length; i++) {
            Incident incident =
                    incident(incidentId, "orders is slow").toBuilder().severity(severity).build();
            IncidentEvent event = next(incident, head, "alert " + i, "lifecycle");
            events.add(event);
            head = event.head();
        }
        return events;
    }

    static IncidentEvent next(String incidentId, ChainHead head, String cause) {
        return next(incident(incidentId, "orders is slow"), head, cause, "lifecycle");
    }

    static IncidentEvent next(Incident incident, ChainHead head, String cause, String agent) {
        long sequence = head.sequence() + 1;
        return IncidentEvent.of(
                incident.toBuilder().sequence(sequence).build(),
                sequence == 1 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                T0 + sequence,
                agent,
                cause,
                List.of(new AlertId("cloudwatch", "shard-0", sequence, 0)),
                head.hash());
    }

    static Incident incident(String incidentId, String title) {
        return Incident.builder()
                .incidentId(incidentId)
                .tenant("acme")
                .severity(Severity.HIGH)
                .services(List.of("orders", "db"))
                .openedAtMillis(T0)
                .updatedAtMillis(T0)
                .title(title)
                .build();
    }
}
