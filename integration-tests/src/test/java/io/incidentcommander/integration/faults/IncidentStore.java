// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An idempotent store of incident events: a redelivery changes nothing, and one that says something
 * else under a known id is a contradiction. Thread safe.
 */
public final class IncidentStore {
    private final TreeMap<String, IncidentEvent> byId = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private long deliveries;

    synchronized void put(IncidentEvent event) {
        deliveries++;
        IncidentEvent known = byId.putIfAbsent(event.eventId(), event);
        if (known != null && !known.hash().equals(event.hash())) {
            contradictions.add("stored: " + known + "; delivered: " + event);
        }
    }

    /** Hash by event id. */
    public synchronized SortedMap<String, String> hashes() {
        TreeMap<String, String> hashes = new TreeMap<>();
        byId.forEach((id, event) -> hashes.put(id, event.hash()));
        return hashes;
    }

    public synchronized List<IncidentEvent> events() {
        return List.copyOf(byId.values());
    }

    /** The events of each incident in their order. */
    public synchronized SortedMap<String, List<IncidentEvent>> chains() {
        TreeMap<String, List<IncidentEvent>> chains = new TreeMap<>();
        for (IncidentEvent event : byId.values()) {
            chains.computeIfAbsent(event.incidentId(), id -> new ArrayList<>()).add(event);
        }
        chains.values().forEach(c -> c.sort((a, b) -> Long.compare(a.sequence(), b.sequence())));
        return chains;
    }

    /** Events that came with a known id and another content. */
    public synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** With redeliveries. */
    public synchronized long deliveries() {
        return deliveries;
    }
}
