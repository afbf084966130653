// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The incidents whose current document is not indexed yet. Of one incident only the newest waits;
 * one batch at most is under way. Not thread safe.
 */
final class IndexedIncidents {
    private final Map<String, Incident> waiting = new LinkedHashMap<>();
    private final Map<String, Incident> underWay = new LinkedHashMap<>();

    /** Replaces an older state of the same incident; an older one than that waits is dropped. */
    void add(Incident incident) {
        waiting.merge(
                incident.incidentId(),
                incident,
                (known, more) -> more.sequence() >= known.sequence() ? more : known);
    }

    int size() {
        return waiting.size() + underWay.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    boolean isUnderWay() {
        return !underWay.isEmpty();
    }

    /**
     * The worst, of equals the longest waiting; they are under way until {@link #landed}. What
     * waits is sorted each time: that is more than a batch only after an outage.
     */
    List<Incident> takeBatch(int max) {
        waiting.values().stream()
                .sorted(Comparator.comparing(Incident::severity).reversed())
                .limit(max)
                .forEach(next -> underWay.put(next.incidentId(), next));
        waiting.keySet().removeAll(underWay.keySet());
        return new ArrayList<>(underWay.values());
    }

    /** The batch came back; those to be tried again wait anew unless a newer state does. */
    void landed(List<Incident> again) {
        underWay.clear();
        again.forEach(this::add);
    }

    /** The newest state of every incident that is not indexed for sure. */
    List<Incident> snapshot() {
        Map<String, Incident> newest = new LinkedHashMap<>(underWay);
        newest.putAll(waiting);
        return new ArrayList<>(newest.values());
    }
}
