// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.ingest.Fingerprint;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Which alerts of a service cleared so lately that firing again matters to the pattern of flapping.
 * State, by (tenant, service): when each was cleared last, until {@link #MEMORY_MILLIS} and at most
 * a minute later.
 */
final class LatelyCleared {
    /** As long as the pattern lasts. */
    static final long MEMORY_MILLIS = PatternCatalogue.FLAPPING.within().toMillis();

    /** By fingerprint. */
    static final String CLEARED = "lately-cleared";

    private static final long ROUND_MILLIS = 60_000;
    private static final TypeInformation<Tuple2<Long, Long>> FINGERPRINT =
            Types.TUPLE(Types.LONG, Types.LONG);

    private final MapState<Tuple2<Long, Long>, Long> cleared;

    LatelyCleared(KeyedStateStore store) {
        cleared = store.getMapState(new MapStateDescriptor<>(CLEARED, FINGERPRINT, Types.LONG));
    }

    /**
     * An alert of the current key cleared.
     *
     * @return when to {@link #forget}, event time
     */
    long clear(Fingerprint fingerprint, long timeMillis) throws Exception {
        Tuple2<Long, Long> key = keyOf(fingerprint);
        Long before = cleared.get(key);
        if (before == null || before < timeMillis) {
            cleared.put(key, timeMillis);
        }
        return dueAt(timeMillis);
    }

    boolean contains(Fingerprint fingerprint) throws Exception {
        return cleared.contains(keyOf(fingerprint));
    }

    /** When to be asked next, if anything is left of the current key. */
    Optional<Long> forget(long timeMillis) throws Exception {
        Optional<Long> next = Optional.empty();
        Iterator<Map.Entry<Tuple2<Long, Long>, Long>> each = cleared.iterator();
        while (each.hasNext()) {
            long due = dueAt(each.next().getValue());
            if (due <= timeMillis) {
                each.remove();
            } else {
                next = Optional.of(Math.min(due, next.orElse(Long.MAX_VALUE)));
            }
        }
        return next;
    }

    /** By full minutes, so that many are seen to at once. */
    private static long dueAt(long timeMillis) {
        long whole = Math.floorDiv(timeMillis + MEMORY_MILLIS, ROUND_MILLIS) + 1;
        return whole * ROUND_MILLIS;
    }

    private static Tuple2<Long, Long> keyOf(Fingerprint fingerprint) {
        return Tuple2.of(fingerprint.high(), fingerprint.low());
    }
}
