// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentId;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the chain of events of incidents as they take in alerts. An incident is told of when it
 * opens, opens again, grows more severe, reaches another service, has twice as many alerts as when
 * it was last told of, is taken over, and closes.
 */
final class IncidentEvents {
    private final String stage;
    private final TierCost cost;

    IncidentEvents(String stage, TierCost cost) {
        this.stage = stage;
        this.cost = cost;
    }

    LiveIncident open(NotableAlert notable, String cause, List<IncidentEvent> told) {
        Alert alert = notable.alert();
        long time = alert.eventTimeMillis();
        Incident incident =
                Incident.builder()
                        .incidentId(IncidentId.of(alert.tenant(), alert.fingerprint(), time))
                        .tenant(alert.tenant())
                        .type(IncidentTypes.guess(alert))
                        .severity(alert.severity())
                        .services(List.of(alert.service()))
                        .openedAtMillis(time)
                        .updatedAtMillis(time)
                        .alertCount(Math.round(notable.weight()))
                        .keptAlerts(1)
                        .title(alert.name() + " on " + alert.service())
                        .build();
        IncidentEvent event =
                tell(
                        ChainHead.genesis(),
                        IncidentEventKind.OPENED,
                        incident,
                        "first alert: " + alert.name() + "; " + cause,
                        List.of(alert.id()));
        told.add(event);
        LiveIncident live = new LiveIncident(told(event, time, notable.weight()), time);
        live.hold(alert.fingerprint());
        return live;
    }

    void join(LiveIncident live, NotableAlert notable, String cause, List<IncidentEvent> told) {
        Alert alert = notable.alert();
        OpenIncident open = live.open();
        boolean again = live.isClosed();
        if (again) {
            live.begin(alert.eventTimeMillis());
        }
        Incident before = open.incident();
        long last = Math.max(open.lastAlertMillis(), alert.eventTimeMillis());
        double weight = open.alertWeight() + notable.weight();
        boolean worse = alert.severity().compareTo(before.severity()) > 0;
        boolean elsewhere = !before.services().contains(alert.service());
        Collection<String> services =
                elsewhere ? with(before.services(), alert) : before.services();
        Incident after =
                before.toBuilder()
                        .severity(worse ? alert.severity() : before.severity())
                        .type(
                                before.type() == IncidentType.UNKNOWN
                                        ? IncidentTypes.guess(alert)
                                        : before.type())
                        .services(services)
                        .state(again ? IncidentState.DETECTED : before.state())
                        .closedAtMillis(again ? Incident.NOT_CLOSED : before.closedAtMillis())
                        .updatedAtMillis(last)
                        .alertCount(Math.round(weight))
                        .keptAlerts(before.keptAlerts() + 1)
                        .costUsd(costUntil(live, services, last))
                        .build();
        live.hold(alert.fingerprint());
        boolean grown = after.alertCount() >= 2 * open.toldCount();
        if (!again && !worse && !elsewhere && !grown) {
            live.open(new OpenIncident(after, open.head(), last, open.toldCount(), weight));
            return;
        }
        String what =
                worse
                        ? "severity rose to " + alert.severity() + ": " + alert.name()
                        : elsewhere
                                ? "reached " + alert.service() + ": " + alert.name()
                                : alert.name() + ", " + after.alertCount() + " alerts by now";
        IncidentEvent event =
                tell(
                        open.head(),
                        again ? IncidentEventKind.REOPENED : IncidentEventKind.UPDATED,
                        after,
                        what + "; " + cause,
                        List.of(alert.id()));
        told.add(event);
        live.open(told(event, last, weight));
    }

    void merge(
            LiveIncident into,
            LiveIncident from,
            Alert because,
            String cause,
            List<IncidentEvent> told) {
        OpenIncident one = into.open();
        OpenIncident other = from.open();
        long time = Math.max(because.eventTimeMillis(), other.lastAlertMillis());
        Incident merged =
                other.incident().toBuilder()
                        .state(IncidentState.RESOLVED)
                        .updatedAtMillis(time)
                        .closedAtMillis(time)
                        .mergedInto(into.id())
                        .build();
        IncidentEvent end =
                tell(
                        other.head(),
                        IncidentEventKind.MERGED,
                        merged,
                        "taken over by " + into.id() + ": " + cause,
                        List.of(because.id()));
        told.add(end);
        from.open(told(end, other.lastAlertMillis(), other.alertWeight()));
        Incident a = one.incident();
        Incident b = other.incident();
        Set<String> services = new TreeSet<>(a.services());
        services.addAll(b.services());
        double weight = one.alertWeight() + other.alertWeight();
        long last = Math.max(one.lastAlertMillis(), other.lastAlertMillis());
        Incident both =
                a.toBuilder()
                        .severity(
                                b.severity().compareTo(a.severity()) > 0
                                        ? b.severity()
                                        : a.severity())
                        .type(a.type() == IncidentType.UNKNOWN ? b.type() : a.type())
                        .services(services)
                        .updatedAtMillis(Math.max(a.updatedAtMillis(), time))
                        .alertCount(Math.round(weight))
                        .keptAlerts(a.keptAlerts() + b.keptAlerts())
                        .costUsd(costUntil(into, services, last))
                        .build();
        IncidentEvent event =
                tell(
                        one.head(),
                        IncidentEventKind.UPDATED,
                        both,
                        "took over " + from.id() + ": " + cause,
                        List.of(because.id()));
        told.add(event);
        into.open(told(event, last, weight));
    }

    IncidentEvent close(LiveIncident live, long overMillis) {
        OpenIncident open = live.open();
        Incident closed =
                open.incident().toBuilder()
                        .state(IncidentState.RESOLVED)
                        .updatedAtMillis(overMillis)
                        .closedAtMillis(overMillis)
                        .costUsd(costUntil(live, open.incident().services(), overMillis))
                        .build();
        IncidentEvent event =
                tell(
                        open.head(),
                        IncidentEventKind.CLOSED,
                        closed,
                        "no alert for " + (overMillis - open.lastAlertMillis()) / 1000 + " s",
                        List.of());
        live.open(told(event, open.lastAlertMillis(), open.alertWeight()));
        return event;
    }

    private BigDecimal costUntil(LiveIncident live, Collection<String> affected, long timeMillis) {
        return live.earlierCostUsd().add(cost.between(affected, live.episodeMillis(), timeMillis));
    }

    private IncidentEvent tell(
            ChainHead head,
            IncidentEventKind kind,
            Incident incident,
            String cause,
            List<AlertId> alerts) {
        return IncidentEventChain.next(
                head, kind, incident, incident.updatedAtMillis(), stage, cause, alerts);
    }

    private static OpenIncident told(IncidentEvent event, long lastMillis, double weight) {
        return new OpenIncident(
                event.incident(), event.head(), lastMillis, event.incident().alertCount(), weight);
    }

    private static Set<String> with(List<String> services, Alert alert) {
        Set<String> all = new TreeSet<>(services);
        all.add(alert.service());
        return all;
    }
}
