// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * The alerts of each service by the second, so that a pattern sees one event for all of them. At
 * work in memory and written to state at checkpoints; the alerts of a service come in order of
 * time.
 *
 * <p>State, by (tenant, service): the second that is not over, until it is; how many alerts there
 * were and when last, until {@link #MEMORY_MILLIS} later.
 */
final class Crowds {
    /** As long as a pattern of crowds lasts. */
    static final long MEMORY_MILLIS = PatternCatalogue.STORM.within().toMillis();

    static final ValueStateDescriptor<DetectionEvent> OPEN =
            new ValueStateDescriptor<>("open-crowd", TypeInformation.of(DetectionEvent.class));

    /** Alerts, and event time of the last. */
    static final ValueStateDescriptor<Tuple2<Long, Long>> COUNTED =
            new ValueStateDescriptor<>("alerts-of-service", Types.TUPLE(Types.LONG, Types.LONG));

    private static final Slices SECONDS = new Slices(1000);

    private final RememberedValue<Tuple2<String, String>, DetectionEvent> stored;
    private final RememberedValue<Tuple2<String, String>, Tuple2<Long, Long>> counted;
    private final Map<Tuple2<String, String>, Crowd> open = new LinkedHashMap<>();

    Crowds(KeyedStateStore store, RememberedValue.CurrentKey<Tuple2<String, String>> current) {
        stored =
                new RememberedValue<>(
                        store.getState(
                                new ValueStateDescriptor<>(
                                        OPEN.getName(), TypeInformation.of(DetectionEvent.class))),
                        current);
        counted =
                new RememberedValue<>(
                        store.getState(
                                new ValueStateDescriptor<>(
                                        COUNTED.getName(), Types.TUPLE(Types.LONG, Types.LONG))),
                        current);
    }

    /**
     * Counts an alert of the current key.
     *
     * @param due told when to {@link #forget}
     * @return a second of it that is over thereby
     */
    Optional<DetectionEvent> add(Tuple2<String, String> key, Alert alert, Due due)
            throws Exception {
        Crowd crowd = open.get(key);
        if (crowd == null && stored.get().isPresent()) {
            crowd = new Crowd(stored.get().get());
            open.put(key, crowd);
        }
        long time = alert.eventTimeMillis();
        if (crowd != null && SECONDS.startOf(crowd.lastMillis) == SECONDS.startOf(time)) {
            crowd.alerts++;
            crowd.lastMillis = Math.max(crowd.lastMillis, time);
            return Optional.empty();
        }
        Optional<DetectionEvent> over =
                crowd == null ? Optional.empty() : Optional.of(close(key, crowd));
        if (counted.get().isEmpty()) {
            due.at(time + MEMORY_MILLIS);
        }
        open.put(key, new Crowd(alert, before()));
        return over;
    }

    /** An alert that comes after its second: counts nowhere. */
    DetectionEvent late(Alert alert) throws Exception {
        return new Crowd(alert, before()).event(alert.tenant(), alert.service());
    }

    /** Hands out the seconds that are over by the watermark. */
    void closeUntil(long watermark, Keys keys, Told told) throws Exception {
        Iterator<Map.Entry<Tuple2<String, String>, Crowd>> each = open.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Tuple2<String, String>, Crowd> entry = each.next();
            if (isOver(entry.getValue().lastMillis, watermark)) {
                keys.choose(entry.getKey());
                told.tell(close(entry.getKey(), entry.getValue()));
                each.remove();
            }
        }
    }

    /**
     * The second of the current key that a checkpoint kept, if nothing came since and it is over.
     */
    Optional<DetectionEvent> closeStored(Tuple2<String, String> key, long watermark)
            throws Exception {
        DetectionEvent kept = open.containsKey(key) ? null : stored.get().orElse(null);
        return kept == null || !isOver(kept.eventTimeMillis(), watermark)
                ? Optional.empty()
                : Optional.of(close(key, new Crowd(kept)));
    }

    /** Writes what is open to state; each is due at the end of its second. */
    void store(Keys keys, Due due) throws Exception {
        for (Map.Entry<Tuple2<String, String>, Crowd> entry : open.entrySet()) {
            keys.choose(entry.getKey());
            stored.put(entry.getValue().event(entry.getKey().f0, entry.getKey().f1));
            entry.getValue().isStored = true;
            due.at(SECONDS.lastOf(entry.getValue().lastMillis));
        }
        stored.store();
        counted.store();
    }

    /** When to be asked next, if anything is left of the current key. */
    Optional<Long> forget(Tuple2<String, String> key, long timeMillis) throws Exception {
        if (open.containsKey(key) || stored.get().isPresent()) {
            return Optional.of(timeMillis + MEMORY_MILLIS);
        }
        Tuple2<Long, Long> count = counted.get().orElse(null);
        if (count != null && count.f1 + MEMORY_MILLIS <= timeMillis) {
            counted.clear();
            return Optional.empty();
        }
        return Optional.ofNullable(count).map(c -> c.f1 + MEMORY_MILLIS);
    }

    static boolean isOver(long timeMillis, long watermark) {
        return SECONDS.lastOf(timeMillis) <= watermark;
    }

    private long before() throws Exception {
        Tuple2<Long, Long> count = counted.get().orElse(null);
        return count == null ? 0 : count.f0;
    }

    private DetectionEvent close(Tuple2<String, String> key, Crowd crowd) throws Exception {
        counted.put(Tuple2.of(crowd.before + crowd.alerts, crowd.lastMillis));
        if (crowd.isStored) {
            stored.clear();
        }
        return crowd.event(key.f0, key.f1);
    }

    /** Sets the current key. */
    @FunctionalInterface
    interface Keys {
        void choose(Tuple2<String, String> key);
    }

    /** Takes a second that is over. */
    @FunctionalInterface
    interface Told {
        void tell(DetectionEvent crowd) throws Exception;
    }

    /** Told when something is to be done for the current key; event time. */
    @FunctionalInterface
    interface Due {
        void at(long millis);
    }

    private static final class Crowd {
        private final AlertId first;
        private final long before;
        private long lastMillis;
        private int alerts;
        private boolean isStored;

        Crowd(Alert alert, long before) {
            this.first = alert.id();
            this.before = before;
            this.lastMillis = alert.eventTimeMillis();
            this.alerts = 1;
        }

        Crowd(DetectionEvent kept) {
            this.first = kept.id();
            this.before = Math.round(kept.value().orElse(0));
            this.lastMillis = kept.eventTimeMillis();
            this.alerts = kept.alerts();
            this.isStored = true;
        }

        DetectionEvent event(String tenant, String service) {
            return DetectionEvent.crowd(first, tenant, service, lastMillis, alerts, before);
        }
    }
}
