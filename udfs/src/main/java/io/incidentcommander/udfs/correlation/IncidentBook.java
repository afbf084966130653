// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.KnownIncident;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The incidents of a tenant: open ones, and closed ones that may open again within a day. Bound:
 * open ones end when idle; of closed ones the latest 10,000 are kept. Owned by one thread.
 */
final class IncidentBook {
    private static final int MOST_CLOSED = 10_000;

    private final IncidentEvents events;
    private final long idleMillis;
    private final Map<String, LiveIncident> open = new LinkedHashMap<>();
    private final Map<String, LiveIncident> closed = new LinkedHashMap<>();

    IncidentBook(IncidentEvents events, long idleMillis) {
        this.events = events;
        this.idleMillis = idleMillis;
        events.resolved(this::resolved);
    }

    void restore(List<KnownIncident> incidents) {
        for (KnownIncident known : incidents) {
            LiveIncident incident = LiveIncident.of(known);
            (incident.isClosed() ? closed : open).put(incident.id(), incident);
        }
    }

    /** Those that are closed first, each part in its order. */
    List<KnownIncident> known() {
        List<KnownIncident> known = new ArrayList<>(open.size() + closed.size());
        closed.values().forEach(incident -> known.add(incident.known()));
        open.values().forEach(incident -> known.add(incident.known()));
        return known;
    }

    void topology(Topology topology) {
        events.topology(topology);
    }

    boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty();
    }

    /** The incident, or the one that took it over. */
    Optional<LiveIncident> find(String id) {
        LiveIncident incident = open.get(id);
        if (incident != null) {
            return Optional.of(incident);
        }
        incident = closed.get(id);
        if (incident == null) {
            return Optional.empty();
        }
        Optional<String> into = incident.open().incident().mergedInto();
        return into.isPresent() ? find(into.get()) : Optional.of(incident);
    }

    /** When the next one is over if nothing comes; empty if none is open. */
    Optional<Long> nextOver() {
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(overAt(open.values().iterator().next()));
    }

    /**
     * Closes the incidents that are over by then.
     *
     * @param timeMillis event time; no alert of it or before is still to come, late ones excepted
     */
    void closeUntil(long timeMillis, List<IncidentEvent> told) {
        Iterator<LiveIncident> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            LiveIncident incident = oldest.next();
            if (overAt(incident) > timeMillis) {
                break;
            }
            oldest.remove();
            if (incident.isTold()) {
                told.add(events.close(incident, overAt(incident)));
                incident.forget();
                closed.put(incident.id(), incident);
            } else {
                incident.drop();
            }
        }
        forget(timeMillis);
    }

    LiveIncident begin(NotableAlert notable, String cause, List<IncidentEvent> told) {
        LiveIncident incident = watch(notable, cause, told);
        tell(incident, notable.alert(), cause, told);
        return incident;
    }

    /** Tells of an incident that was only watched so far. */
    void tell(LiveIncident incident, Alert last, String cause, List<IncidentEvent> told) {
        if (!incident.isTold()) {
            events.open(incident, last, cause, told);
        }
    }

    /** An incident of which nobody is told; it ends in silence, too. */
    LiveIncident watch(NotableAlert notable, String cause, List<IncidentEvent> told) {
        LiveIncident incident = events.watch(notable);
        Optional<LiveIncident> known = find(incident.id());
        if (known.isEmpty()) {
            open.put(incident.id(), incident);
            return incident;
        }
        // The very same alert opened one before: it cannot be opened again under its id, and if
        // that one was taken over, the one that did has it.
        return join(known.get(), notable, cause, told);
    }

    /** Takes the alert in; a closed incident is opened again. */
    LiveIncident join(
            LiveIncident incident, NotableAlert notable, String cause, List<IncidentEvent> told) {
        closed.remove(incident.id());
        open.remove(incident.id());
        events.join(incident, notable, cause, told);
        open.put(incident.id(), incident);
        return incident;
    }

    /** One incident takes another one over: an alert showed that both have one cause. */
    void merge(
            LiveIncident into,
            LiveIncident from,
            Alert because,
            String cause,
            List<IncidentEvent> told) {
        open.remove(from.id());
        events.merge(into, from, because, cause, told);
        from.takenOverBy(into);
        from.forget();
        closed.put(from.id(), from);
    }

    /** A pattern of the incident was seen. */
    void see(LiveIncident incident, PatternMatch match, List<IncidentEvent> told) {
        events.see(incident, match, told);
    }

    private Optional<Incident> resolved(String service, IncidentType type, long sinceMillis) {
        Incident last = null;
        for (LiveIncident known : closed.values()) {
            Incident incident = known.open().incident();
            boolean is =
                    incident.type() == type
                            && incident.closedAtMillis() >= sinceMillis
                            && incident.mergedInto().isEmpty()
                            && incident.grounds().origins().stream()
                                    .findFirst()
                                    .filter(service::equals)
                                    .isPresent();
            if (is && (last == null || incident.closedAtMillis() > last.closedAtMillis())) {
                last = incident;
            }
        }
        return Optional.ofNullable(last);
    }

    private long overAt(LiveIncident incident) {
        return incident.lastMillis() + idleMillis;
    }

    private void forget(long timeMillis) {
        Iterator<LiveIncident> oldest = closed.values().iterator();
        while (oldest.hasNext()) {
            boolean old = oldest.next().lastMillis() < timeMillis - Correlator.LONGEST_MILLIS;
            if (!old && closed.size() <= MOST_CLOSED) {
                return;
            }
            oldest.remove();
        }
    }
}
