// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.HeldEvents;
import io.incidentcommander.udfs.detection.Attempts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What {@link PatternGate} has at work of one key. Not thread safe. */
final class GateSlot<K> {
    private static final long ROUND_MILLIS = 60_000;
    private static final HeldEvents.HeldEventsCodec HELD = new HeldEvents.HeldEventsCodec();

    private final K key;
    private final Attempts attempts;
    private final List<DetectionEvent> ahead = new ArrayList<>(1);
    private long dueMillis;
    private boolean isChanged;
    private boolean isStored;

    GateSlot(K key, Attempts attempts) {
        this.key = key;
        this.attempts = attempts;
        this.dueMillis = HeldEvents.NEVER;
    }

    /** Takes what was stored of the key, first of all. */
    void restore(HeldEvents stored) {
        attempts.restore(stored.begun(), stored.restsUntilMillis());
        ahead.addAll(stored.ahead());
        dueMillis = stored.dueMillis();
        isStored = true;
    }

    /** All of it but the key, and whether the state has something older. */
    void writeNewer(DataOutputView out) throws IOException {
        out.writeBoolean(isStored);
        HELD.write(held(), out);
    }

    /** Takes back what was written, first of all. */
    void readNewer(DataInputView in) throws IOException {
        boolean hasOlder = in.readBoolean();
        restore(HELD.read(in));
        isChanged = true;
        isStored = hasOlder;
    }

    K key() {
        return key;
    }

    Attempts attempts() {
        return attempts;
    }

    boolean isChanged() {
        return isChanged;
    }

    boolean isStored() {
        return isStored;
    }

    /** Whether there are events that the watermark has yet to come to. */
    boolean isWaiting() {
        return !ahead.isEmpty();
    }

    /**
     * For an event that the watermark has yet to come to. Of the readings of one time the highest
     * counts.
     *
     * @return false if others of that time are awaited already
     */
    boolean await(DetectionEvent event) {
        isChanged = true;
        boolean isFirst = true;
        for (int i = 0; i < ahead.size(); i++) {
            DetectionEvent known = ahead.get(i);
            if (known.eventTimeMillis() == event.eventTimeMillis()) {
                isFirst = false;
                if (known.kind() == Kind.READING && event.kind() == Kind.READING) {
                    ahead.set(i, higher(known, event));
                    return false;
                }
            }
        }
        ahead.add(event);
        return isFirst;
    }

    /** The first in the order of events if both are the same, whichever came first. */
    private static DetectionEvent higher(DetectionEvent a, DetectionEvent b) {
        int more =
                Double.compare(
                        a.value().orElse(Double.NEGATIVE_INFINITY),
                        b.value().orElse(Double.NEGATIVE_INFINITY));
        return more > 0 || more == 0 && DetectionEvent.IN_TIME.compare(a, b) <= 0 ? a : b;
    }

    /** Those that the watermark has come to, in order. */
    List<DetectionEvent> arrived(long watermark) {
        if (ahead.isEmpty()) {
            return List.of();
        }
        List<DetectionEvent> arrived = new ArrayList<>(ahead);
        arrived.removeIf(event -> event.eventTimeMillis() > watermark);
        ahead.removeIf(event -> event.eventTimeMillis() <= watermark);
        arrived.sort(DetectionEvent.IN_TIME);
        isChanged = true;
        return arrived;
    }

    /** Event time has come so far. */
    void comeTo(long millis) {
        if (dueMillis <= millis) {
            dueMillis = HeldEvents.NEVER;
            isChanged = true;
        }
        attempts.forget(millis);
    }

    boolean isOver() {
        return ahead.isEmpty() && attempts.isEmpty();
    }

    /** Times of events that the watermark has yet to come to. */
    List<Long> awaited() {
        List<Long> times = new ArrayList<>();
        ahead.forEach(event -> times.add(event.eventTimeMillis()));
        return times;
    }

    /**
     * What is left to be stored.
     *
     * @param due told if it has to be looked at earlier than was said before
     */
    HeldEvents toStore(long memoryMillis, Crowds.Due due) {
        isChanged = false;
        isStored = !isOver();
        if (!isStored) {
            dueMillis = HeldEvents.NEVER;
            return HeldEvents.none();
        }
        HeldEvents left = held();
        long next = nextMillis(left, memoryMillis);
        if (dueMillis == HeldEvents.NEVER || next < dueMillis) {
            dueMillis = next;
            due.at(next);
            return held();
        }
        return left;
    }

    /** All there is. */
    HeldEvents held() {
        return new HeldEvents(attempts.held(), ahead, dueMillis, attempts.restsUntilMillis());
    }

    /** When the first one ahead is; else by full minutes, so that a busy key is seen to seldom. */
    private static long nextMillis(HeldEvents held, long memoryMillis) {
        if (!held.ahead().isEmpty()) {
            return held.ahead().stream()
                    .mapToLong(DetectionEvent::eventTimeMillis)
                    .min()
                    .orElseThrow();
        }
        List<DetectionEvent> begun = held.begun();
        long over =
                begun.isEmpty()
                        ? held.restsUntilMillis()
                        : begun.get(begun.size() - 1).eventTimeMillis() + memoryMillis;
        return (Math.floorDiv(over, ROUND_MILLIS) + 1) * ROUND_MILLIS;
    }
}
