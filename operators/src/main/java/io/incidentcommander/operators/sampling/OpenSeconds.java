// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.ServiceSecond;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * The open seconds in memory, which may be newer than stored. Bound: a second ends when the
 * watermark closes it.
 */
final class OpenSeconds {
    private final TreeMap<Long, Map<Tuple2<String, String>, Open>> bySecond = new TreeMap<>();

    Optional<Open> find(Tuple2<String, String> key, long secondMillis) {
        return Optional.ofNullable(bySecond.getOrDefault(secondMillis, Map.of()).get(key));
    }

    void put(Tuple2<String, String> key, Open second) {
        bySecond.computeIfAbsent(second.value.secondMillis(), s -> new LinkedHashMap<>())
                .put(key, second);
    }

    /** The second of the key is over. */
    Optional<Open> take(Tuple2<String, String> key, long secondMillis) {
        Map<Tuple2<String, String>, Open> byKey = bySecond.get(secondMillis);
        return byKey == null ? Optional.empty() : Optional.ofNullable(byKey.remove(key));
    }

    /** The earliest second of all. */
    Optional<Long> earliest() {
        return bySecond.isEmpty() ? Optional.empty() : Optional.of(bySecond.firstKey());
    }

    /** The earliest second is over, for all keys. */
    Map<Tuple2<String, String>, Open> takeEarliest() {
        return bySecond.pollFirstEntry().getValue();
    }

    void forEach(Action action) throws Exception {
        for (Map<Tuple2<String, String>, Open> second : bySecond.values()) {
            for (Map.Entry<Tuple2<String, String>, Open> entry : second.entrySet()) {
                action.on(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Told of each open second. */
    @FunctionalInterface
    interface Action {
        void on(Tuple2<String, String> key, Open second) throws Exception;
    }

    /** What came in a second of a service, and whether state has a second of that time. */
    static final class Open {
        private ServiceSecond value;
        private boolean stored;

        private Open(ServiceSecond value, boolean stored) {
            this.value = value;
            this.stored = stored;
        }

        static Open begin(ServiceSecond part) {
            return new Open(part, false);
        }

        static Open restored(ServiceSecond known) {
            return new Open(known, true);
        }

        ServiceSecond value() {
            return value;
        }

        void value(ServiceSecond newer) {
            value = newer;
        }

        boolean isStored() {
            return stored;
        }

        /** Writes it; its key is the current one. */
        void store(SampleState state) throws Exception {
            state.open(value);
            stored = true;
        }
    }
}
