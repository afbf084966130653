// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was resolved and is back: the same cause at the same service. The pattern tells it of the
 * events of incidents; whoever writes these events knows it by the same rule before they are
 * written, since nothing flows back.
 */
public final class Recurrences {
    public static final PatternSpec SPEC =
            new PatternSpec(PatternKind.RECURRENCE, 2, Duration.ofHours(24), 1);

    private Recurrences() {}

    /**
     * What the pattern sees of an event. As the cause may be known only later, every change before
     * the end counts as a beginning.
     */
    public static Optional<DetectionEvent> of(IncidentEvent event) {
        AlertId id =
                event.causingAlerts().isEmpty()
                        ? end(event.incident())
                        : event.causingAlerts().get(0);
        Kind kind = event.kind() == IncidentEventKind.CLOSED ? Kind.FIXED : Kind.OPENED;
        return of(kind, event.incident(), id, event.eventTimeMillis());
    }

    /** What the incident is said to be now was resolved before, and is back; empty if it is not. */
    public static Optional<PatternMatch> between(Incident resolved, Incident back, AlertId alert) {
        Optional<DetectionEvent> fixed =
                of(Kind.FIXED, resolved, end(resolved), resolved.closedAtMillis());
        Optional<DetectionEvent> opened =
                of(Kind.OPENED, back, alert, Math.max(back.updatedAtMillis(), 0));
        if (fixed.isEmpty() || opened.isEmpty() || !isSame(fixed.get(), opened.get())) {
            return Optional.empty();
        }
        return Optional.of(PatternRules.match(SPEC, List.of(fixed.get(), opened.get())));
    }

    private static boolean isSame(DetectionEvent fixed, DetectionEvent opened) {
        long apart = opened.eventTimeMillis() - fixed.eventTimeMillis();
        return fixed.service().equals(opened.service())
                && fixed.subject().equals(opened.subject())
                && apart >= 0
                && PatternRules.isWithin(SPEC, fixed.eventTimeMillis(), opened.eventTimeMillis());
    }

    private static Optional<DetectionEvent> of(
            Kind kind, Incident incident, AlertId id, long millis) {
        List<String> origins =
                incident.grounds().origins().isEmpty()
                        ? incident.services()
                        : incident.grounds().origins();
        return origins.isEmpty() || incident.mergedInto().isPresent()
                ? Optional.empty()
                : Optional.of(
                        new DetectionEvent(
                                kind,
                                id,
                                incident.tenant(),
                                origins.get(0),
                                incident.type().word(),
                                millis,
                                Double.NaN,
                                List.of()));
    }

    private static AlertId end(Incident incident) {
        return new AlertId("incident", incident.incidentId(), incident.sequence(), 0);
    }
}
