// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The incidents as their last events left them, by opening time, then id, and what each event told.
 * Immutable.
 */
final class FinalIncidents {
    private static final Comparator<Incident> BY_OPENING =
            Comparator.comparingLong(Incident::openedAtMillis).thenComparing(Incident::incidentId);

    private final List<Incident> incidents;
    private final Map<String, SortedMap<Long, String>> histories;
    private final Map<String, Integer> numbers = new HashMap<>();

    private FinalIncidents(
            List<Incident> incidents, Map<String, SortedMap<Long, String>> histories) {
        this.incidents = incidents;
        this.histories = histories;
        for (Incident incident : incidents) {
            numbers.put(incident.incidentId(), numbers.size());
        }
    }

    static FinalIncidents read(Spill<IncidentEvent> events) throws IOException {
        Map<String, Incident> last = new HashMap<>();
        Map<String, SortedMap<Long, String>> histories = new HashMap<>();
        events.forEach(
                (event, file, position) -> {
                    last.merge(
                            event.incidentId(),
                            event.incident(),
                            (a, b) -> a.sequence() > b.sequence() ? a : b);
                    histories
                            .computeIfAbsent(event.incidentId(), id -> new TreeMap<>())
                            .put(event.sequence(), told(event));
                });
        return of(last.values(), histories);
    }

    private static String told(IncidentEvent event) {
        return Instant.ofEpochMilli(event.eventTimeMillis())
                + " "
                + event.kind().word()
                + ": "
                + event.cause();
    }

    /** Of the last state of each. */
    static FinalIncidents of(Collection<Incident> last) {
        return of(last, Map.of());
    }

    private static FinalIncidents of(
            Collection<Incident> last, Map<String, SortedMap<Long, String>> histories) {
        List<Incident> sorted = new ArrayList<>(last);
        sorted.sort(BY_OPENING);
        return new FinalIncidents(sorted, histories);
    }

    int size() {
        return incidents.size();
    }

    Incident get(int number) {
        return incidents.get(number);
    }

    /** When it came to be what it is, and why; a line for each of its events. */
    Collection<String> historyOf(int number) {
        return histories.getOrDefault(get(number).incidentId(), new TreeMap<>()).values();
    }

    /** Whether any event tells of it: of one that was only watched, none does. */
    boolean isTold(String incidentId) {
        return numbers.containsKey(incidentId);
    }

    /** Its place in the order. */
    int numberOf(String incidentId) {
        Integer number = numbers.get(incidentId);
        if (number == null) {
            throw new IllegalStateException("No event tells of incident " + incidentId);
        }
        return number;
    }

    /**
     * The same incident, or the one that took it over in the end: where its alerts are now.
     *
     * @throws IllegalStateException if incidents took each other over: a defect of the job
     */
    int standingFor(int number) {
        int at = number;
        for (int steps = 0; incidents.get(at).mergedInto().isPresent(); steps++) {
            if (steps > incidents.size()) {
                throw new IllegalStateException(
                        "Incidents are merged into each other: " + get(number).incidentId());
            }
            at = numberOf(incidents.get(at).mergedInto().get());
        }
        return at;
    }

    /** Without those that were merged into others. */
    long standing() {
        return incidents.stream().filter(i -> i.mergedInto().isEmpty()).count();
    }
}
