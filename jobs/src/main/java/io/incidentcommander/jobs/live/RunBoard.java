// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the running topology has said so far: the newest ledger and the incidents as they stand. One
 * for the process: sinks run in the cluster's threads and find it here. Thread safe.
 */
final class RunBoard {
    static final int NEWEST = 16;

    private static final Map<String, Standing> INCIDENTS = new LinkedHashMap<>();
    private static final Deque<IncidentEvent> EVENTS = new ArrayDeque<>();
    private static Ledger ledger = Ledger.empty();
    private static long ledgers;
    private static long events;

    private RunBoard() {}

    static synchronized void clear() {
        INCIDENTS.clear();
        EVENTS.clear();
        ledger = Ledger.empty();
        ledgers = 0;
        events = 0;
    }

    static synchronized void post(Ledger exact) {
        ledger = exact;
        ledgers++;
    }

    static synchronized void post(IncidentEvent event) {
        Standing known = INCIDENTS.get(event.incidentId());
        if (known != null && known.incident.sequence() >= event.sequence()) {
            return; // again, after a restart
        }
        long seen = known == null ? System.currentTimeMillis() : known.firstSeenMillis;
        INCIDENTS.put(event.incidentId(), new Standing(event.incident(), seen));
        events++;
        EVENTS.addFirst(event);
        if (EVENTS.size() > NEWEST) {
            EVENTS.removeLast();
        }
    }

    static synchronized Ledger ledger() {
        return ledger;
    }

    /** How many ledgers have come: one for each completed checkpoint. */
    static synchronized long ledgers() {
        return ledgers;
    }

    /** Distinct events. */
    static synchronized long events() {
        return events;
    }

    /** Newest first. */
    static synchronized List<IncidentEvent> newestEvents() {
        return new ArrayList<>(EVENTS);
    }

    /** In the order in which they opened. */
    static synchronized List<Standing> incidents() {
        return new ArrayList<>(INCIDENTS.values());
    }

    /** An incident as it stands, and when the world outside the topology first heard of it. */
    static final class Standing {
        private final Incident incident;
        private final long firstSeenMillis;

        Standing(Incident incident, long firstSeenMillis) {
            this.incident = incident;
            this.firstSeenMillis = firstSeenMillis;
        }

        Incident incident() {
            return incident;
        }

        /** Epoch ms, by this machine's clock. */
        long firstSeenMillis() {
            return firstSeenMillis;
        }
    }
}
