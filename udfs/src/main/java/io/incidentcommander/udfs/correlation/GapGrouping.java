// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentId;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first grouping: alerts of one service that follow each other within a gap are one incident.
 * Pure: the open incident and the alert in, what became of both out.
 */
public final class GapGrouping {
    /** The stage's word, also the agent of its events. */
    public static final String STAGE = "correlation";

    private final long gapMillis;
    private final TierCost cost;

    /**
     * @param gapMillis event time without an alert after which an incident is over
     */
    public GapGrouping(long gapMillis, TierCost cost) {
        this.gapMillis = gapMillis;
        this.cost = cost;
    }

    /** When the incident is over if nothing else comes: the event-time timer's time. */
    public long overAt(OpenIncident open) {
        return open.lastAlertMillis() + gapMillis;
    }

    /** Takes in one alert; alerts come in event-time order, late ones excepted. */
    public GroupingResult add(Optional<OpenIncident> open, NotableAlert alert) {
        List<IncidentEvent> events = new ArrayList<>(2);
        Optional<OpenIncident> current = open;
        long time = alert.alert().eventTimeMillis();
        if (open.isPresent() && time > overAt(open.get())) {
            events.add(close(open.get()));
            current = Optional.empty();
        }
        if (current.isPresent()) {
            return join(current.get(), alert, events);
        }
        if (alert.reason() == NotifyReason.RESOLVED) {
            return GroupingResult.loose(
                    events, "resolved, and no incident of its service was open");
        }
        return begin(alert, events);
    }

    /** The last event of an incident that is over. */
    public IncidentEvent close(OpenIncident open) {
        long over = overAt(open);
        Incident closed =
                open.incident().toBuilder()
                        .state(IncidentState.RESOLVED)
                        .updatedAtMillis(over)
                        .closedAtMillis(over)
                        .costUsd(cost.between(open.incident().openedAtMillis(), over))
                        .build();
        return IncidentEventChain.next(
                open.head(),
                IncidentEventKind.CLOSED,
                closed,
                over,
                STAGE,
                "no alert for " + gapMillis / 1000 + " s",
                List.of());
    }

    private GroupingResult begin(NotableAlert notable, List<IncidentEvent> events) {
        Alert alert = notable.alert();
        Incident incident =
                Incident.builder()
                        .incidentId(
                                IncidentId.of(
                                        alert.tenant(),
                                        alert.fingerprint(),
                                        alert.eventTimeMillis()))
                        .tenant(alert.tenant())
                        .type(IncidentTypes.guess(alert))
                        .severity(alert.severity())
                        .services(List.of(alert.service()))
                        .openedAtMillis(alert.eventTimeMillis())
                        .updatedAtMillis(alert.eventTimeMillis())
                        .alertCount(Math.round(notable.weight()))
                        .keptAlerts(1)
                        .title(alert.name() + " on " + alert.service())
                        .build();
        IncidentEvent event =
                event(
                        ChainHead.genesis(),
                        IncidentEventKind.OPENED,
                        incident,
                        "first alert: " + alert.name(),
                        alert.id());
        events.add(event);
        return GroupingResult.in(
                open(event, alert.eventTimeMillis(), notable.weight()),
                Disposition.DELIVERED,
                "opened the incident",
                events);
    }

    private GroupingResult join(
            OpenIncident open, NotableAlert notable, List<IncidentEvent> events) {
        Alert alert = notable.alert();
        Incident before = open.incident();
        long last = Math.max(open.lastAlertMillis(), alert.eventTimeMillis());
        double weight = open.alertWeight() + notable.weight();
        boolean worse = alert.severity().compareTo(before.severity()) > 0;
        Incident after =
                before.toBuilder()
                        .severity(worse ? alert.severity() : before.severity())
                        .updatedAtMillis(last)
                        .alertCount(Math.round(weight))
                        .keptAlerts(before.keptAlerts() + 1)
                        .costUsd(cost.between(before.openedAtMillis(), last))
                        .build();
        boolean grown = after.alertCount() >= 2 * open.toldCount();
        if (!worse && !grown) {
            return GroupingResult.in(
                    new OpenIncident(after, open.head(), last, open.toldCount(), weight),
                    Disposition.GROUPED,
                    "within " + gapMillis / 1000 + " s of others of its service",
                    events);
        }
        String cause =
                worse
                        ? "severity rose to " + alert.severity() + ": " + alert.name()
                        : "grew to " + after.alertCount() + " alerts";
        IncidentEvent event =
                event(open.head(), IncidentEventKind.UPDATED, after, cause, alert.id());
        events.add(event);
        return GroupingResult.in(
                open(event, last, weight),
                worse ? Disposition.DELIVERED : Disposition.GROUPED,
                worse
                        ? "raised the incident's severity"
                        : "within " + gapMillis / 1000 + " s of others of its service",
                events);
    }

    private static IncidentEvent event(
            ChainHead head,
            IncidentEventKind kind,
            Incident incident,
            String cause,
            AlertId alert) {
        return IncidentEventChain.next(
                head, kind, incident, incident.updatedAtMillis(), STAGE, cause, List.of(alert));
    }

    private static OpenIncident open(IncidentEvent event, long lastAlertMillis, double weight) {
        return new OpenIncident(
                event.incident(),
                event.head(),
                lastAlertMillis,
                event.incident().alertCount(),
                weight);
    }
}
