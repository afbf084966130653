// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentId;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.detection.Classifier;
import io.incidentcommander.udfs.detection.IncidentSigns;
import io.incidentcommander.udfs.detection.Recurrences;
import io.incidentcommander.udfs.detection.TenantSources;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the chain of events of incidents as they take in alerts. An incident is told of when it
 * opens, opens again, grows more severe, reaches another service, has twice as many alerts as when
 * it was last told of, shows a pattern, is taken over, and closes.
 */
final class IncidentEvents {
    private static final int EACH = 16;
    private static final long UNTOLD = 0;

    private final String stage;
    private final IncidentCost cost;
    private final PatternMemory patterns;
    private final TenantSources sources;

    private Classifier classifier = new Classifier(Topology.empty());
    private Resolved resolved = (service, type, since) -> Optional.empty();

    /**
     * @param patterns seen lately, by the service they began at
     * @param sources that the tenant expects to hear from
     */
    IncidentEvents(String stage, IncidentCost cost, PatternMemory patterns, TenantSources sources) {
        this.stage = stage;
        this.cost = cost;
        this.patterns = patterns;
        this.sources = sources;
    }

    /** Where to look for what was resolved before. */
    void resolved(Resolved book) {
        resolved = book;
    }

    /** From here on origins are looked for along these calls. */
    void topology(Topology topology) {
        classifier = new Classifier(topology);
    }

    /** An incident of which nobody is told yet. */
    LiveIncident watch(NotableAlert notable) {
        Alert alert = notable.alert();
        long time = alert.eventTimeMillis();
        Incident incident =
                Incident.builder()
                        .incidentId(IncidentId.of(alert.tenant(), alert.fingerprint(), time))
                        .tenant(alert.tenant())
                        .severity(alert.severity())
                        .services(List.of(alert.service()))
                        .openedAtMillis(time)
                        .updatedAtMillis(time)
                        .alertCount(Math.round(notable.weight()))
                        .keptAlerts(1)
                        .title(title(alert))
                        .build();
        IncidentSigns signs = IncidentSigns.none();
        signs.add(notable);
        LiveIncident live =
                new LiveIncident(
                        new OpenIncident(
                                incident, ChainHead.genesis(), time, UNTOLD, notable.weight()),
                        time);
        live.hold(alert.fingerprint());
        live.signs().addAll(signs);
        return live;
    }

    /** Of an anomaly what was expected and what came: its name alone says little. */
    private static String title(Alert alert) {
        return alert.id().isRaised() ? alert.summary() : alert.name() + " on " + alert.service();
    }

    /** Tells of a watched incident. */
    void open(LiveIncident live, Alert last, String cause, List<IncidentEvent> told) {
        OpenIncident open = live.open();
        String alerts =
                open.incident().keptAlerts() == 1
                        ? "first alert: " + last.name()
                        : open.incident().keptAlerts() + " alerts, the last " + last.name();
        live.services().forEach(service -> recall(live, service));
        IncidentEvent event =
                tell(
                        open.head(),
                        IncidentEventKind.OPENED,
                        recurring(
                                        classified(open.incident(), live.signs()),
                                        live.signs(),
                                        last.id())
                                .toBuilder()
                                .services(live.services())
                                .build(),
                        alerts + "; " + cause,
                        List.of(last.id()));
        told.add(event);
        live.open(told(event, open.lastAlertMillis(), open.alertWeight()));
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
        boolean reached = live.reach(alert.service());
        boolean elsewhere = reached && isTold(live.services().size());
        Incident after =
                before.toBuilder()
                        .severity(
                                live.isTold() ? before.severity() : worst(before, alert.severity()))
                        .state(again ? IncidentState.DETECTED : before.state())
                        .closedAtMillis(again ? Incident.NOT_CLOSED : before.closedAtMillis())
                        .updatedAtMillis(last)
                        .alertCount(Math.round(weight))
                        .keptAlerts(before.keptAlerts() + 1)
                        .build();
        live.hold(alert.fingerprint());
        if (!live.isTold()) {
            if (notable.reason() != NotifyReason.RESOLVED) {
                live.signs().add(notable);
            }
            live.open(new OpenIncident(after, open.head(), last, UNTOLD, weight));
            return;
        }
        if (reached || again) {
            recall(live, alert.service());
        }
        if (again) {
            Recurrences.between(before, after, alert.id()).ifPresent(live.signs()::add);
        }
        after = reclassified(after, live.signs(), notable);
        boolean renamed = after.type() != before.type();
        boolean grown = after.alertCount() >= 2 * open.toldCount();
        if (again || grown) {
            after = classified(after, live.signs());
        }
        if (renamed) {
            after = recurring(after, live.signs(), alert.id());
        }
        boolean worse = after.severity().compareTo(before.severity()) > 0;
        if (!again && !worse && !elsewhere && !grown && !renamed) {
            live.open(new OpenIncident(after, open.head(), last, open.toldCount(), weight));
            return;
        }
        String what =
                worse
                        ? "severity rose to " + after.severity() + ": " + alert.name()
                        : elsewhere
                                ? "reached " + alert.service() + ": " + alert.name()
                                : alert.name() + ", " + after.alertCount() + " alerts by now";
        IncidentEvent event =
                tell(
                        open.head(),
                        again ? IncidentEventKind.REOPENED : IncidentEventKind.UPDATED,
                        after.toBuilder()
                                .services(live.services())
                                .costUsd(costUntil(live, live.services(), last))
                                .build(),
                        what + "; " + cause,
                        List.of(alert.id()));
        told.add(event);
        live.open(told(event, last, weight));
    }

    /**
     * A pattern of the incident was seen. It is told of when it is the first of its kind there, or
     * changes what the incident is held to be.
     */
    void see(LiveIncident live, PatternMatch match, List<IncidentEvent> told) {
        IncidentSigns.Seen seen = live.signs().add(match);
        boolean isMore = seen == IncidentSigns.Seen.REPEAT || seen == IncidentSigns.Seen.FULL;
        if (!live.isTold() || isMore) {
            return;
        }
        boolean isNews = seen == IncidentSigns.Seen.FIRST;
        OpenIncident open = live.open();
        Incident before = open.incident();
        long time = Math.max(before.updatedAtMillis(), match.lastMillis());
        Incident after = classified(before.toBuilder().updatedAtMillis(time).build(), live.signs());
        after = after.toBuilder().severity(worst(after, before.severity())).build();
        if (!isNews && after.type() == before.type() && after.severity() == before.severity()) {
            return;
        }
        IncidentEvent event =
                tell(
                        open.head(),
                        IncidentEventKind.UPDATED,
                        after.toBuilder()
                                .services(live.services())
                                .costUsd(costUntil(live, live.services(), time))
                                .build(),
                        "pattern "
                                + match.patternId()
                                + " v"
                                + match.version()
                                + ": "
                                + match.words(),
                        match.evidence());
        told.add(event);
        live.open(told(event, open.lastAlertMillis(), open.alertWeight()));
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
                        .services(from.services())
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
        Set<String> services = new TreeSet<>(into.services());
        services.addAll(from.services());
        double weight = one.alertWeight() + other.alertWeight();
        long last = Math.max(one.lastAlertMillis(), other.lastAlertMillis());
        Incident both =
                a.toBuilder()
                        .severity(worst(a, b.severity()))
                        .services(services)
                        .updatedAtMillis(Math.max(a.updatedAtMillis(), time))
                        .alertCount(Math.round(weight))
                        .keptAlerts(a.keptAlerts() + b.keptAlerts())
                        .costUsd(costUntil(into, services, last))
                        .build();
        IncidentSigns signs = IncidentSigns.of(into.signs().profile());
        signs.addAll(from.signs());
        IncidentEvent event =
                tell(
                        one.head(),
                        IncidentEventKind.UPDATED,
                        classified(both, signs),
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
                        .services(live.services())
                        .costUsd(costUntil(live, live.services(), overMillis))
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

    /** Type, severity, confidence and grounds anew, by the data there is by its last change. */
    private Incident classified(Incident incident, IncidentSigns signs) {
        return signs.signs().isEmpty()
                ? incident
                : classifier
                        .classify(signs, sources.at(incident.updatedAtMillis()))
                        .applyTo(incident);
    }

    /** The patterns that began at a service of the incident, while or shortly before it did. */
    private void recall(LiveIncident live, String service) {
        patterns.of(service, live.episodeMillis() - PatternMemory.MEMORY_MILLIS)
                .forEach(live.signs()::add);
    }

    /** Whether what it is held to be was resolved before: then that is evidence. */
    private Incident recurring(Incident incident, IncidentSigns signs, AlertId alert) {
        String service =
                incident.grounds().origins().stream()
                        .findFirst()
                        .orElse(incident.services().get(0));
        Optional<PatternMatch> back =
                resolved.last(
                                service,
                                incident.type(),
                                incident.openedAtMillis() - Recurrences.SPEC.within().toMillis())
                        .flatMap(before -> Recurrences.between(before, incident, alert));
        if (back.isEmpty()) {
            return incident;
        }
        signs.add(back.get());
        return classified(incident, signs);
    }

    /**
     * As long as there are few signs at each new one or worse one, later at each sixteenth. The
     * severity rises at once; it falls only where it is told how the incident has grown, so that
     * nobody is told of each step up and down.
     */
    private Incident reclassified(Incident incident, IncidentSigns signs, NotableAlert notable) {
        if (notable.reason() == NotifyReason.RESOLVED) {
            return incident;
        }
        IncidentSigns.Change change = signs.add(notable);
        int all = signs.signs().size();
        boolean isNew = change == IncidentSigns.Change.NEW_SIGN && all % EACH == 0;
        boolean isFew = change != IncidentSigns.Change.REPEAT && all <= EACH;
        if (!isNew && !isFew) {
            return incident;
        }
        Incident now = classified(incident, signs);
        return now.toBuilder().severity(worst(now, incident.severity())).build();
    }

    private static Severity worst(Incident incident, Severity severity) {
        return severity.compareTo(incident.severity()) > 0 ? severity : incident.severity();
    }

    private BigDecimal costUntil(LiveIncident live, Collection<String> affected, long timeMillis) {
        return live.earlierCostUsd()
                .add(
                        cost.between(
                                live.open().incident().tenant(),
                                affected,
                                live.episodeMillis(),
                                timeMillis));
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

    /** The incidents that were resolved. */
    interface Resolved {
        /** The one that ended last of this type and origin, if any did since then. */
        Optional<Incident> last(String service, IncidentType type, long sinceMillis);
    }

    /** Each of the first eight services, then each time they are twice as many. */
    private static boolean isTold(int services) {
        return services <= 8 || Integer.bitCount(services) == 1;
    }
}
