// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

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
    private static boolean frozen;

    private RunBoard() {}

    static synchronized void clear() {
        INCIDENTS.clear();
        EVENTS.clear();
        ledger = Ledger.empty();
        ledgers = 0;
        events = 0;
        frozen = false;
    }

    /** From now on the end of input speaks: what incidents came to by themselves stands. */
    static synchronized void freeze() {
        frozen = true;
    }

    /** Incidents that are neither resolved nor with a human. */
    static synchronized long underWay() {
        return INCIDENTS.values().stream()
                .map(Standing::incident)
                .filter(incident -> incident.mergedInto().isEmpty())
                .map(Incident::state)
                .filter(s -> s != IncidentState.RESOLVED && s != IncidentState.ESCALATED)
                .count();
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
        INCIDENTS.put(
                event.incidentId(),
                new Standing(
                        event.incident(),
                        seen,
                        frozen && known != null
                                ? known.outcome
                                : Outcome.of(event, known == null ? null : known.outcome)));
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

    /** Records that were read by the last completed checkpoint. */
    static synchronized long recordsIn() {
        return ledger.recordsRead();
    }

    /** Whether so many records, and all alerts in them, came to where they end. */
    static synchronized boolean isAccounted(long records) {
        long pending = ledger.counts().values().stream().mapToLong(SourceCounts::pending).sum();
        return recordsIn() >= records && pending == 0;
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
        private final Outcome outcome;

        Standing(Incident incident, long firstSeenMillis, Outcome outcome) {
            this.incident = incident;
            this.firstSeenMillis = firstSeenMillis;
            this.outcome = outcome;
        }

        Incident incident() {
            return incident;
        }

        /** How far it came before the input ended. */
        Outcome outcome() {
            return outcome;
        }

        /** Epoch ms, by this machine's clock. */
        long firstSeenMillis() {
            return firstSeenMillis;
        }
    }

    /** How far an incident came: its state, and when it was resolved, if it is. Immutable. */
    static final class Outcome {
        private final IncidentState state;
        private final OptionalLong resolvedMillis;
        private final OptionalLong repairMillis;
        private final String cause;
        private final String done;

        private Outcome(
                IncidentState state,
                OptionalLong resolvedMillis,
                OptionalLong repairMillis,
                String cause,
                String done) {
            this.state = state;
            this.resolvedMillis = resolvedMillis;
            this.repairMillis = repairMillis;
            this.cause = cause;
            this.done = done;
        }

        /**
         * @param before null: it is the first
         */
        static Outcome of(IncidentEvent event, Outcome before) {
            IncidentState state = event.incident().state();
            if (before != null && before.state == state) {
                return before;
            }
            String cause = event.agent() + ": " + event.cause();
            return new Outcome(
                    state,
                    state == IncidentState.RESOLVED
                            ? OptionalLong.of(System.currentTimeMillis())
                            : OptionalLong.empty(),
                    SlaClock.timeToRepairMillis(event.incident()),
                    cause,
                    state == IncidentState.VERIFYING ? cause : before == null ? "" : before.done);
        }

        IncidentState state() {
            return state;
        }

        /** Epoch ms, by this machine's clock. */
        OptionalLong resolvedMillis() {
            return resolvedMillis;
        }

        /** From the first alert to the validation, by event time. */
        OptionalLong repairMillis() {
            return repairMillis;
        }

        /** Who brought it there, and why. */
        String cause() {
            return cause;
        }

        /** Who did what about it, and where it was tried before; empty: nothing was done. */
        String done() {
            return done;
        }
    }
}
