// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical encoding of events, version 1, as docs/event-store.md specifies it. It never
 * changes: a field more is a version more, and an event keeps the version it was hashed in.
 */
final class CanonicalEvent {
    private static final String DOMAIN = "incident-event";
    private static final int VERSION = 1;

    private CanonicalEvent() {}

    static byte[] write(IncidentEvent event) {
        CanonicalWriter out = new CanonicalWriter();
        out.text(DOMAIN).int8(VERSION);
        writeIncident(event.incident(), out);
        out.text(event.kind().word()).int64(event.eventTimeMillis());
        out.text(event.agent()).text(event.cause());
        out.int32(event.causingAlerts().size());
        for (AlertId alert : event.causingAlerts()) {
            out.text(alert.source()).text(alert.partition());
            out.int64(alert.offset()).int32(alert.index());
        }
        out.fixed(Sha256.parse(event.previousHash()));
        return out.toByteArray();
    }

    private static void writeIncident(Incident incident, CanonicalWriter out) {
        out.text(incident.incidentId()).text(incident.tenant()).int64(incident.sequence());
        out.text(incident.type().word()).text(incident.severity().name());
        out.text(incident.state().word());
        out.int32(incident.services().size());
        for (String service : incident.services()) {
            out.text(service);
        }
        out.int64(incident.openedAtMillis()).int64(incident.updatedAtMillis());
        out.int64(incident.closedAtMillis());
        out.int64(incident.alertCount()).int64(incident.keptAlerts());
        out.float64(incident.confidence()).text(incident.costUsd().toPlainString());
        out.text(incident.title()).text(incident.mergedInto().orElse(""));
    }

    static IncidentEvent read(byte[] canonical, String hash) throws IOException {
        CanonicalReader in = new CanonicalReader(canonical);
        String domain = in.text();
        int version = in.int8();
        if (!domain.equals(DOMAIN) || version != VERSION) {
            throw new IOException(
                    "Not an incident event of version 1: " + domain + " version " + version);
        }
        try {
            return readVersion1(in, hash);
        } catch (IllegalArgumentException e) {
            throw new IOException("An incident event holds an impossible value", e);
        }
    }

    private static IncidentEvent readVersion1(CanonicalReader in, String hash) throws IOException {
        Incident incident = readIncident(in);
        IncidentEventKind kind = IncidentEventKind.ofWord(in.text());
        long eventTimeMillis = in.int64();
        String agent = in.text();
        String cause = in.text();
        List<AlertId> alerts = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            alerts.add(new AlertId(in.text(), in.text(), in.int64(), in.int32()));
        }
        String previousHash = Sha256.hex(in.fixed(Sha256.BYTES));
        in.end();
        return new IncidentEvent(
                incident, kind, eventTimeMillis, agent, cause, alerts, previousHash, hash);
    }

    private static Incident readIncident(CanonicalReader in) throws IOException {
        Incident.Builder incident =
                Incident.builder()
                        .incidentId(in.text())
                        .tenant(in.text())
                        .sequence(in.int64())
                        .type(IncidentType.ofWord(in.text()))
                        .severity(Severity.valueOf(in.text()))
                        .state(IncidentState.ofWord(in.text()));
        List<String> services = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            services.add(in.text());
        }
        return incident.services(services)
                .openedAtMillis(in.int64())
                .updatedAtMillis(in.int64())
                .closedAtMillis(in.int64())
                .alertCount(in.int64())
                .keptAlerts(in.int64())
                .confidence(in.float64())
                .costUsd(new BigDecimal(in.text()))
                .title(in.text())
                .mergedInto(in.text())
                .build();
    }
}
