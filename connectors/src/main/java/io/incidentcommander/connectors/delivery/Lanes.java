// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Things that nobody has confirmed yet, by lane: in a lane by place, at most one under way, lanes
 * independent of each other; the worst goes first, and among equals who has waited longest. What
 * goes in no order has a lane of its own. Time is a parameter. Not thread safe.
 */
final class Lanes<T> {
    private final Waiting<T> waiting;
    private final int most;
    private final long mostBytes;
    private final Map<String, Lane<T>> lanes = new LinkedHashMap<>();
    private final TreeSet<Lane<T>> ready = inTurn();

    /** Of which nothing is under way: ready or parked. */
    private final TreeSet<Lane<T>> free = inTurn();

    private final TreeSet<Lane<T>> parked =
            new TreeSet<>(
                    Comparator.comparingLong((Lane<T> lane) -> lane.notBeforeMillis)
                            .thenComparingLong(lane -> lane.turn));
    private long arrivals;
    private long turns;
    private int things;
    private long bytes;

    Lanes(Waiting<T> waiting, int most, long mostBytes) {
        this.waiting = waiting;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    private static <T> TreeSet<Lane<T>> inTurn() {
        return new TreeSet<>(
                Comparator.comparing((Lane<T> lane) -> lane.severity)
                        .reversed()
                        .thenComparingLong(lane -> lane.turn));
    }

    /** Whether one of the bounds is reached; then nothing may be added but what is restored. */
    boolean isFull() {
        return things >= most || bytes >= mostBytes;
    }

    /** Whether so many more fit, as far as their number goes. */
    boolean hasRoomFor(int more) {
        return !isFull() && things + more <= most;
    }

    boolean isEmpty() {
        return things == 0;
    }

    int size() {
        return things;
    }

    /**
     * @return what need not be sent because of it, itself perhaps, and does not wait any more
     */
    Optional<T> add(T thing) {
        Lane<T> lane = lanes.computeIfAbsent(name(thing), Lane::new);
        Entry<T> entry = new Entry<>(thing, waiting.place(thing), ++arrivals, waiting.bytes(thing));
        boolean idle = lane.queue.isEmpty();
        boolean isReady = !idle && ready.remove(lane);
        boolean isFree = !idle && free.remove(lane);
        Optional<T> needless = waiting.isNewestEnough() ? needless(lane, entry) : Optional.empty();
        needless.ifPresent(less -> things--);
        if (needless.isEmpty() || needless.get() != thing) {
            lane.severity = waiting.severity(thing);
            lane.queue.add(entry);
            bytes += entry.bytes;
        }
        things++;
        if (isReady) {
            ready.add(lane);
        }
        if (isFree) {
            free.add(lane);
        }
        if (idle) {
            makeReady(lane);
        }
        return needless;
    }

    /** What waits in this lane and is older, which is taken out, or else the new one. */
    private Optional<T> needless(Lane<T> lane, Entry<T> newcomer) {
        Entry<T> last = lane.queue.isEmpty() ? null : lane.queue.last();
        if (last == null || last == lane.underWay) {
            return Optional.empty();
        }
        if (last.place > newcomer.place) {
            return Optional.of(newcomer.thing);
        }
        lane.queue.remove(last);
        bytes -= last.bytes;
        return Optional.of(last.thing);
    }

    /** The next one that may go. */
    Optional<T> nextReady(long nowMillis) {
        return nextLane(nowMillis).map(lane -> lane.queue.first().thing);
    }

    /** How much its lane matters: as much as what came last. */
    Optional<Severity> nextSeverity(long nowMillis) {
        return nextLane(nowMillis).map(lane -> lane.severity);
    }

    private Optional<Lane<T>> nextLane(long nowMillis) {
        while (!parked.isEmpty() && parked.first().notBeforeMillis <= nowMillis) {
            makeReady(parked.pollFirst());
        }
        return ready.isEmpty() ? Optional.empty() : Optional.of(ready.first());
    }

    /** The next one, which is under way then until settled, parked or put back. */
    Optional<T> takeReady(long nowMillis) {
        Optional<T> next = nextReady(nowMillis);
        if (next.isPresent()) {
            Lane<T> lane = ready.pollFirst();
            free.remove(lane);
            lane.underWay = lane.queue.first();
        }
        return next;
    }

    /** The one under way is done with; the next of its lane may go. */
    void settled(T thing) {
        Lane<T> lane = lane(thing);
        remove(lane, lane.underWay);
        lane.underWay = null;
        lane.failures = 0;
        lane.waits = 0;
        if (lane.queue.isEmpty()) {
            lanes.remove(name(thing));
        } else {
            makeReady(lane);
        }
    }

    private void remove(Lane<T> lane, Entry<T> entry) {
        lane.queue.remove(entry);
        things--;
        bytes -= entry.bytes;
    }

    /**
     * Takes a whole lane out, the one that would go last, if it is less severe than this, nothing
     * of it is under way, and it is not too long.
     *
     * @param spared lanes that stay
     * @return in order; empty if there is none
     */
    List<T> giveUpFor(Severity severity, Predicate<String> spared) {
        Optional<Lane<T>> least =
                free.descendingSet().stream()
                        .takeWhile(lane -> lane.severity.compareTo(severity) < 0)
                        .filter(lane -> lane.queue.size() <= Spill.MAX_UNDER_WAY)
                        .filter(lane -> !spared.test(lane.name))
                        .findFirst();
        return least.map(this::takeOut).orElse(List.of());
    }

    private List<T> takeOut(Lane<T> lane) {
        lanes.remove(lane.name);
        free.remove(lane);
        ready.remove(lane);
        parked.remove(lane);
        List<T> taken = new ArrayList<>();
        for (Entry<T> entry : List.copyOf(lane.queue)) {
            taken.add(entry.thing);
            remove(lane, entry);
        }
        return taken;
    }

    private void makeReady(Lane<T> lane) {
        free.remove(lane);
        lane.turn = ++turns;
        ready.add(lane);
        free.add(lane);
    }

    /** How often in a row the one under way failed, this time included. */
    int failedAgain(T thing) {
        return ++lane(thing).failures;
    }

    /** How often the one under way was too early, this time included. */
    int waitedAgain(T thing) {
        return ++lane(thing).waits;
    }

    /** The one under way goes again, not before that time. */
    void park(T thing, long notBeforeMillis) {
        Lane<T> lane = lane(thing);
        lane.underWay = null;
        lane.notBeforeMillis = notBeforeMillis;
        parked.add(lane);
        free.add(lane);
    }

    /**
     * The one under way did not get there, and goes again before those that came after it.
     *
     * @return whether it need not, and does not wait any more
     */
    boolean putBack(T thing) {
        Lane<T> lane = lane(thing);
        boolean needless = waiting.isNewestEnough() && lane.queue.last() != lane.underWay;
        if (needless) {
            remove(lane, lane.underWay);
        }
        lane.underWay = null;
        ready.add(lane);
        free.add(lane);
        return needless;
    }

    /** When the first parked one may go. */
    OptionalLong nextTimeMillis() {
        return parked.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(parked.first().notBeforeMillis);
    }

    /** All of them, under way or not, each lane's in order. */
    List<T> snapshot() {
        List<T> all = new ArrayList<>(things);
        for (Lane<T> lane : lanes.values()) {
            for (Entry<T> entry : lane.queue) {
                all.add(entry.thing);
            }
        }
        return all;
    }

    private Lane<T> lane(T thing) {
        return lanes.get(name(thing));
    }

    private String name(T thing) {
        String lane = waiting.lane(thing);
        return lane.isEmpty() ? waiting.id(thing) : lane;
    }

    /** What has to stay in order; the first may be under way. */
    private static final class Lane<T> {
        private final String name;
        private final TreeSet<Entry<T>> queue =
                new TreeSet<>(
                        Comparator.comparingLong((Entry<T> entry) -> entry.place)
                                .thenComparingLong(entry -> entry.arrival));
        private Entry<T> underWay;
        private Severity severity;
        private long turn;
        private long notBeforeMillis;
        private int failures;
        private int waits;

        private Lane(String name) {
            this.name = name;
        }
    }

    /** One that waits, and what it counts for. */
    private static final class Entry<T> {
        private final T thing;
        private final long place;
        private final long arrival;
        private final long bytes;

        private Entry(T thing, long place, long arrival, long bytes) {
            this.thing = thing;
            this.place = place;
            this.arrival = arrival;
            this.bytes = bytes;
        }
    }
}
