// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Grounds;
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

    /** Without grounds: as every event was before there were any, so that its hash stays. */
    private static final int WITHOUT_GROUNDS = 1;

    private static final int WITH_GROUNDS = 2;

    private CanonicalEvent() {}

    static byte[] write(IncidentEvent event) {
        CanonicalWriter out = new CanonicalWriter();
        Grounds grounds = event.incident().grounds();
        out.text(DOMAIN).int8(grounds.isEmpty() ? WITHOUT_GROUNDS : WITH_GROUNDS);
        writeIncident(event.incident(), out);
        if (!grounds.isEmpty()) {
            writeGrounds(grounds, out);
        }
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

    private static void writeGrounds(Grounds grounds, CanonicalWriter out) {
        writeTexts(grounds.origins(), out);
        out.float64(grounds.confidenceLow()).float64(grounds.confidenceHigh());
        writeTexts(grounds.evidence(), out);
    }

    private static void writeTexts(List<String> texts, CanonicalWriter out) {
        out.int32(texts.size());
        texts.forEach(out::text);
    }

    private static Grounds readGrounds(CanonicalReader in) throws IOException {
        List<String> origins = readTexts(in);
        double low = in.float64();
        double high = in.float64();
        Grounds grounds = new Grounds(origins, low, high, readTexts(in));
        if (grounds.isEmpty()) {
            throw new IOException("An event of version 2 has grounds");
        }
        return grounds;
    }

    private static List<String> readTexts(CanonicalReader in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            texts.add(in.text());
        }
        return texts;
    }

    static IncidentEvent read(byte[] canonical, String hash) throws IOException {
        CanonicalReader in = new CanonicalReader(canonical);
        String domain = in.text();
        int version = in.int8();
        if (!domain.equals(DOMAIN) || version < WITHOUT_GROUNDS || version > WITH_GROUNDS) {
            throw new IOException(
                    "Not an incident event of version 1 or 2: " + domain + " version " + version);
        }
        try {
            return readEvent(in, version, hash);
        } catch (IllegalArgumentException e) {
            throw new IOException("An incident event holds an impossible value", e);
        }
    }

    private static IncidentEvent readEvent(CanonicalReader in, int version, String hash)
            throws IOException {
        Incident incident = readIncident(in);
        if (version == WITH_GROUNDS) {
            incident = incident.toBuilder().grounds(readGrounds(in)).build();
        }
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
