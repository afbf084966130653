// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a writer keeps what has not arrived yet: in state up to a bound, past that in a place
 * outside, if there is one, and past that nowhere: then whoever writes is held up, counted and
 * logged. The worst leaves first and is laid aside last. Task thread only.
 */
public final class WaitingRoom<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
    private static final int MAX_BATCH = 100;

    private final Waiting<T> waiting;
    private final Lanes<T> lanes;
    private final Optional<Spill<T>> spill;
    private final WhileUnknown whileUnknown;
    private final SpillMetrics metrics;
    private final Runnable arrived;
    private boolean ending;
    private boolean holdsUp;

    /**
     * @param aside the place outside
     * @param arrived called when something came back from there
     */
    public WaitingRoom(
            Waiting<T> waiting,
            Bounds bounds,
            Optional<Aside> aside,
            WhileUnknown whileUnknown,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            SpillMetrics metrics,
            Runnable arrived) {
        this.waiting = waiting;
        this.lanes = new Lanes<>(waiting, bounds.things, bounds.bytes);
        this.whileUnknown = whileUnknown;
        this.metrics = metrics;
        this.arrived = arrived;
        int batch = Math.max(1, Math.min(MAX_BATCH, bounds.things / 2));
        this.spill =
                aside.map(
                        place ->
                                new Spill<>(
                                        waiting,
                                        place.store,
                                        place.parts,
                                        mailbox,
                                        time,
                                        metrics,
                                        this::takeBack,
                                        () -> !ending && lanes.hasRoomFor(batch),
                                        batch));
    }

    /** Takes over what earlier writers had, and begins to look what is outside. */
    public void restore(Collection<T> things) {
        things.stream().sorted(Comparator.comparingLong(waiting::place)).forEach(this::keep);
        spill.ifPresent(Spill::look);
    }

    /** Where the next thing can go. */
    public enum Room {
        STATE,
        ASIDE,
        NONE
    }

    /** In state up to its bound, past that outside, if there is such a place. */
    public Room roomFor(T thing) {
        if (spill.isEmpty()) {
            return lanes.isFull() ? Room.NONE : Room.STATE;
        }
        Spill<T> place = spill.get();
        String lane = waiting.lane(thing);
        boolean known = place.isReady() || whileUnknown == WhileUnknown.GOES_ON || lane.isEmpty();
        if (known && !lanes.isFull() && !place.holds(lane)) {
            return Room.STATE;
        }
        return place.isReady() && place.hasRoom() ? Room.ASIDE : Room.NONE;
    }

    /** There has to be room. */
    public void add(T thing) {
        holdsUp = false;
        if (roomFor(thing) == Room.STATE) {
            keep(thing);
        } else {
            layAside(thing);
        }
    }

    /**
     * To be said by whoever waits until there is room. Until it is known what lies outside nothing
     * is full, and nothing is counted.
     */
    public void holdUp() {
        if (holdsUp || spill.filter(place -> !place.isReady()).isPresent()) {
            return;
        }
        holdsUp = true;
        metrics.heldUp();
        LOG.warn(
                "What was not delivered fills the state ({}); {}, and input is held up",
                lanes.size(),
                spill.isEmpty()
                        ? "there is no place to lay it aside"
                        : "the place outside does not keep up");
    }

    /** What matters least goes; if that is this one, this one. */
    private void layAside(T thing) {
        Spill<T> place = spill.orElseThrow();
        Severity severity = waiting.severity(thing);
        List<T> lesser =
                place.holds(waiting.lane(thing))
                        ? List.of()
                        : lanes.giveUpFor(severity, place::holds);
        if (lesser.isEmpty()) {
            place.take(thing);
        } else {
            lesser.forEach(place::take);
            keep(thing);
        }
    }

    private void takeBack(T thing) {
        keep(thing);
        arrived.run();
    }

    private void keep(T thing) {
        lanes.add(thing).ifPresent(needless -> spill.ifPresent(s -> s.settled(needless)));
    }

    /** The next one that may go, which then is under way until settled, parked or put back. */
    public Optional<T> takeReady(long nowMillis) {
        return lanes.takeReady(nowMillis);
    }

    /**
     * What may go together, all under way then: at most one of a lane, all lanes of one severity,
     * so that what comes second in a worse lane need not wait for others.
     *
     * @param most things
     * @param mostBytes unless the first alone has more
     */
    public List<T> takeBatch(int most, long mostBytes, long nowMillis) {
        List<T> batch = new ArrayList<>();
        Optional<Severity> severity = lanes.nextSeverity(nowMillis);
        long bytes = 0;
        while (batch.size() < most
                && severity.isPresent()
                && lanes.nextSeverity(nowMillis).equals(severity)) {
            bytes += waiting.bytes(lanes.nextReady(nowMillis).orElseThrow());
            if (!batch.isEmpty() && bytes > mostBytes) {
                break;
            }
            batch.add(lanes.takeReady(nowMillis).orElseThrow());
        }
        return batch;
    }

    /** It has arrived, or never will. */
    public void settled(T thing) {
        lanes.settled(thing);
        spill.ifPresent(
                place -> {
                    place.settled(thing);
                    place.bringBack();
                });
    }

    /** It has not arrived; what was laid aside of it stays there for whoever comes next. */
    public void leftOut(T thing) {
        spill.ifPresent(place -> place.leave(thing));
        settled(thing);
    }

    /** It did not get there, and goes again when it is its turn. */
    public void putBack(T thing) {
        if (lanes.putBack(thing)) {
            spill.ifPresent(place -> place.settled(thing));
        }
    }

    /** It goes again, not before that time. */
    public void park(T thing, long notBeforeMillis) {
        lanes.park(thing, notBeforeMillis);
    }

    /** How often in a row it failed, this time included. */
    public int failedAgain(T thing) {
        return lanes.failedAgain(thing);
    }

    /** How often it was too early, this time included. */
    public int waitedAgain(T thing) {
        return lanes.waitedAgain(thing);
    }

    /** When the first parked one may go. */
    public OptionalLong nextTimeMillis() {
        return lanes.nextTimeMillis();
    }

    /** Whether it was too early because what comes before it lies outside, where it is now too. */
    public boolean isKeptAside(T thing) {
        boolean kept = spill.filter(place -> place.keeps(thing)).isPresent();
        if (kept) {
            lanes.settled(thing);
        }
        return kept;
    }

    /** From now on nothing is brought back. */
    public void leaveAside() {
        ending = true;
    }

    /** What is neither delivered nor safe outside. */
    public List<T> snapshot() {
        List<T> all = new ArrayList<>(lanes.snapshot());
        spill.ifPresent(place -> all.addAll(place.goingOut()));
        return all;
    }

    /** Whether nothing waits, here or outside. */
    public boolean isEmpty() {
        return lanes.isEmpty()
                && spill.map(place -> place.isReady() && place.isEmpty()).orElse(true);
    }

    /** Whether nothing waits here; there may be something outside, where it is safe. */
    public boolean isSafe() {
        return lanes.isEmpty() && spill.map(place -> place.goingOut().isEmpty()).orElse(true);
    }

    /** In state. */
    public int size() {
        return lanes.size();
    }

    /** Answers of the place outside that are awaited. */
    public int outstanding() {
        return spill.map(Spill::outstanding).orElse(0);
    }

    /** How much waits, as gauges of the writer. */
    public void register(MetricGroup group) {
        group.gauge("waiting", (Gauge<Integer>) this::size);
        group.gauge("lanesSpilled", (Gauge<Integer>) () -> spill.map(Spill::lanes).orElse(0));
    }

    public void close() {
        spill.ifPresent(Spill::close);
    }

    /** How much may wait in state, whichever comes first. */
    public static final class Bounds {
        private final int things;
        private final long bytes;

        public Bounds(int things, long bytes) {
            this.things = things;
            this.bytes = bytes;
        }
    }

    /** A place outside, open, and which parts of it belong to this writer alone. */
    public static final class Aside {
        private final SpillStore store;
        private final List<String> parts;

        /**
         * The parts of this subtask, and of those that were beside it while there were more.
         *
         * @param name of no other sink of the job
         */
        public Aside(SpillStore store, String name, TaskInfo task) {
            this.store = store;
            this.parts = new ArrayList<>();
            for (int subtask = task.getIndexOfThisSubtask();
                    subtask < task.getMaxNumberOfParallelSubtasks();
                    subtask += task.getNumberOfParallelSubtasks()) {
                parts.add(name + "/" + subtask + "/");
            }
        }
    }

    /** What becomes of things while it is not known yet what was laid aside. */
    public enum WhileUnknown {
        WAITS,
        GOES_ON
    }
}
