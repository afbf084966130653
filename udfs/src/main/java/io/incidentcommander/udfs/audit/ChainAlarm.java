// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentId;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The incident that the system opens about itself when the chain of another is broken and cannot be
 * mended: one for a chain, told again only when what is wrong changes, and over when the chain
 * proves whole. Its id derives from the chain and the time of the look, so that the same look opens
 * the same incident. Pure.
 */
public final class ChainAlarm {
    /** Of the system itself. */
    public static final String TENANT = "incident-commander";

    public static final String SERVICE = "event-store";

    private static final String AGENT = "audit";

    private ChainAlarm() {}

    /**
     * What is to be told.
     *
     * @param told the last event of the incident about this chain; empty: there is none
     * @return empty: nothing new. A closing event ends the incident
     */
    public static Optional<IncidentEvent> after(Optional<IncidentEvent> told, ChainReport report) {
        switch (report.outcome()) {
            case BROKEN:
                return broken(told, report);
            case WHOLE:
            case MENDED:
                return told.map(last -> closed(last, report));
            default:
                return Optional.empty();
        }
    }

    /** Whether nobody looks at chains of this tenant: an alarm about an alarm has no end. */
    public static boolean isOwn(String tenant) {
        return TENANT.equals(tenant);
    }

    private static Optional<IncidentEvent> broken(
            Optional<IncidentEvent> told, ChainReport report) {
        String cause = cause(report);
        if (told.isEmpty()) {
            return Optional.of(opened(report, cause));
        }
        IncidentEvent last = told.get();
        return last.cause().equals(cause)
                ? Optional.empty()
                : Optional.of(
                        next(
                                last.head(),
                                IncidentEventKind.UPDATED,
                                last.incident().toBuilder()
                                        .updatedAtMillis(report.timeMillis())
                                        .build(),
                                report,
                                cause));
    }

    private static IncidentEvent opened(ChainReport report, String cause) {
        ChainWatch watch = report.watch();
        Fingerprint about =
                Fingerprint.of(
                        TENANT, Map.of("tenant", watch.tenant(), "incident", watch.incidentId()));
        Incident incident =
                Incident.builder()
                        .incidentId(IncidentId.of(TENANT, about, report.timeMillis()))
                        .tenant(TENANT)
                        .severity(Severity.CRITICAL)
                        .services(List.of(SERVICE))
                        .openedAtMillis(report.timeMillis())
                        .updatedAtMillis(report.timeMillis())
                        .alertCount(1)
                        .keptAlerts(1)
                        .confidence(1)
                        .title(
                                "The stored history of incident "
                                        + watch.incidentId()
                                        + " of "
                                        + watch.tenant()
                                        + " is broken")
                        .build();
        return next(ChainHead.genesis(), IncidentEventKind.OPENED, incident, report, cause);
    }

    private static IncidentEvent closed(IncidentEvent last, ChainReport report) {
        return next(
                last.head(),
                IncidentEventKind.CLOSED,
                last.incident().toBuilder()
                        .state(IncidentState.RESOLVED)
                        .updatedAtMillis(report.timeMillis())
                        .closedAtMillis(report.timeMillis())
                        .build(),
                report,
                "the history is whole again");
    }

    private static IncidentEvent next(
            ChainHead previous,
            IncidentEventKind kind,
            Incident incident,
            ChainReport report,
            String cause) {
        return IncidentEventChain.next(
                previous, kind, incident, report.timeMillis(), AGENT, cause, List.of());
    }

    private static String cause(ChainReport report) {
        List<String> findings = report.findings();
        String more = findings.size() > 1 ? " and " + (findings.size() - 1) + " more" : "";
        return findings.get(0)
                + more
                + "; a human has to look: events verify "
                + report.watch().incidentId();
    }
}
