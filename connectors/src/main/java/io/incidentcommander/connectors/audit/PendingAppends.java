// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * The events that the store has not confirmed yet: a lane per incident, first in first out, at most
 * one of a lane under way, lanes independent of each other. Time is a parameter. Not thread safe.
 */
final class PendingAppends {
    /** What an event is counted with beyond its canonical bytes. */
    private static final long OVERHEAD_BYTES = 1024;

    private final int maxEvents;
    private final long maxBytes;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final PriorityQueue<Lane> parked =
            new PriorityQueue<>(Comparator.comparingLong((Lane lane) -> lane.notBeforeMillis));
    private int events;
    private long bytes;

    PendingAppends(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Whether one of the bounds is reached; then nothing may be added but what is restored. */
    boolean isFull() {
        return events >= maxEvents || bytes >= maxBytes;
    }

    boolean isEmpty() {
        return events == 0;
    }

    int size() {
        return events;
    }

    void add(IncidentEvent event) {
        Lane lane = lanes.computeIfAbsent(event.incidentId(), id -> new Lane());
        if (lane.queue.isEmpty()) {
            ready.add(lane);
        }
        Waiting waiting = new Waiting(event);
        lane.queue.add(waiting);
        events++;
        bytes += waiting.bytes;
    }

    /** The next event that may go, which then is under way until settled or parked. */
    Optional<IncidentEvent> takeReady(long nowMillis) {
        while (!parked.isEmpty() && parked.peek().notBeforeMillis <= nowMillis) {
            ready.add(parked.poll());
        }
        Lane lane = ready.poll();
        return lane == null ? Optional.empty() : Optional.of(lane.queue.peek().event);
    }

    /** The event under way is done with; the next of its incident may go. */
    void settled(IncidentEvent event) {
        Lane lane = lanes.get(event.incidentId());
        Waiting done = lane.queue.poll();
        events--;
        bytes -= done.bytes;
        lane.failures = 0;
        lane.waits = 0;
        if (lane.queue.isEmpty()) {
            lanes.remove(event.incidentId());
        } else {
            ready.add(lane);
        }
    }

    /** How often in a row the event under way failed, this time included. */
    int failedAgain(IncidentEvent event) {
        return ++lanes.get(event.incidentId()).failures;
    }

    /** How often the event under way met a store without its predecessor, this time included. */
    int waitedAgain(IncidentEvent event) {
        return ++lanes.get(event.incidentId()).waits;
    }

    /** The event under way goes again, not before that time. */
    void park(IncidentEvent event, long notBeforeMillis) {
        Lane lane = lanes.get(event.incidentId());
        lane.notBeforeMillis = notBeforeMillis;
        parked.add(lane);
    }

    /** When the first parked event may go. */
    OptionalLong nextTimeMillis() {
        return parked.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(parked.peek().notBeforeMillis);
    }

    /** All of them, under way or not, each incident's in order. */
    List<IncidentEvent> snapshot() {
        List<IncidentEvent> all = new ArrayList<>(events);
        for (Lane lane : lanes.values()) {
            for (Waiting waiting : lane.queue) {
                all.add(waiting.event);
            }
        }
        return all;
    }

    /** The events of one incident; the first may be under way. */
    private static final class Lane {
        private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
        private long notBeforeMillis;
        private int failures;
        private int waits;
    }

    /** An event and what it counts for. */
    private static final class Waiting {
        private final IncidentEvent event;
        private final long bytes;

        private Waiting(IncidentEvent event) {
            this.event = event;
            this.bytes = OVERHEAD_BYTES + event.canonical().length;
        }
    }
}
