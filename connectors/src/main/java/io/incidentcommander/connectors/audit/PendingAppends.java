// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The events that the store has not confirmed yet: a lane per incident, by sequence, at most one of
 * a lane under way, lanes independent of each other; the most severe incident goes first, and among
 * equals who has waited longest. Time is a parameter. Not thread safe.
 */
final class PendingAppends {
    /** What an event is counted with beyond its canonical bytes. */
    private static final long OVERHEAD_BYTES = 1024;

    private final int maxEvents;
    private final long maxBytes;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final TreeSet<Lane> ready =
            new TreeSet<>(
                    Comparator.comparing((Lane lane) -> lane.severity)
                            .reversed()
                            .thenComparingLong(lane -> lane.turn));
    private final PriorityQueue<Lane> parked =
            new PriorityQueue<>(Comparator.comparingLong((Lane lane) -> lane.notBeforeMillis));
    private long arrivals;
    private long turns;
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

    /** Whether so many more fit, as far as their number goes. */
    boolean hasRoomFor(int more) {
        return !isFull() && events + more <= maxEvents;
    }

    boolean isEmpty() {
        return events == 0;
    }

    int size() {
        return events;
    }

    void add(IncidentEvent event) {
        Lane lane = lanes.computeIfAbsent(event.incidentId(), id -> new Lane());
        boolean waits = lane.queue.isEmpty() || ready.remove(lane);
        lane.severity = event.incident().severity();
        Waiting waiting = new Waiting(event, ++arrivals);
        lane.queue.add(waiting);
        if (waits) {
            makeReady(lane);
        }
        events++;
        bytes += waiting.bytes;
    }

    /** The next event that may go, which then is under way until settled or parked. */
    Optional<IncidentEvent> takeReady(long nowMillis) {
        while (!parked.isEmpty() && parked.peek().notBeforeMillis <= nowMillis) {
            makeReady(parked.poll());
        }
        Lane lane = ready.pollFirst();
        if (lane == null) {
            return Optional.empty();
        }
        lane.underWay = lane.queue.first();
        return Optional.of(lane.underWay.event);
    }

    /** The event under way is done with; the next of its incident may go. */
    void settled(IncidentEvent event) {
        Lane lane = lanes.get(event.incidentId());
        Waiting done = lane.underWay;
        lane.queue.remove(done);
        lane.underWay = null;
        events--;
        bytes -= done.bytes;
        lane.failures = 0;
        lane.waits = 0;
        if (lane.queue.isEmpty()) {
            lanes.remove(event.incidentId());
        } else {
            makeReady(lane);
        }
    }

    /**
     * Takes all events of the least severe incident out, if one is less severe than this, none of
     * its events is under way, and they are not too many.
     *
     * @param spared incidents that stay
     * @return in order; empty if there is none
     */
    List<IncidentEvent> giveUpFor(Severity severity, Predicate<String> spared) {
        Lane least = null;
        for (Lane lane : lanes.values()) {
            if (lane.underWay == null
                    && lane.severity.compareTo(least == null ? severity : least.severity) < 0
                    && lane.queue.size() <= EventSpill.MAX_UNDER_WAY
                    && !spared.test(lane.queue.first().event.incidentId())) {
                least = lane;
            }
        }
        List<IncidentEvent> given = new ArrayList<>();
        if (least != null) {
            for (Waiting waiting : least.queue) {
                given.add(waiting.event);
                events--;
                bytes -= waiting.bytes;
            }
            lanes.remove(given.get(0).incidentId());
            ready.remove(least);
            parked.remove(least);
        }
        return given;
    }

    private void makeReady(Lane lane) {
        lane.turn = ++turns;
        ready.add(lane);
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
        lane.underWay = null;
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
        private final TreeSet<Waiting> queue =
                new TreeSet<>(
                        Comparator.comparingLong((Waiting waiting) -> waiting.event.sequence())
                                .thenComparingLong(waiting -> waiting.arrival));
        private Waiting underWay;
        private Severity severity;
        private long turn;
        private long notBeforeMillis;
        private int failures;
        private int waits;
    }

    /** An event and what it counts for. */
    private static final class Waiting {
        private final IncidentEvent event;
        private final long arrival;
        private final long bytes;

        private Waiting(IncidentEvent event, long arrival) {
            this.event = event;
            this.arrival = arrival;
            this.bytes = OVERHEAD_BYTES + event.canonical().length;
        }
    }
}
