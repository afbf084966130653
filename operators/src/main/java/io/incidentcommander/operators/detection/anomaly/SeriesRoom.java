// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * How many series of each tenant are watched, by key group: a tenant's share of a key group is what
 * it has in all by the number of key groups. So how many are let in does not depend on the
 * parallelism; who is, of too many, goes by arrival, and some key groups have too many before all
 * do. Counted anew from the state after a restore. Not thread safe.
 */
final class SeriesRoom {
    private final int keyGroups;
    private final int share;
    private final Map<Tuple2<String, Integer>, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param mostSeries of a tenant
     */
    SeriesRoom(int mostSeries, int keyGroups) {
        this.keyGroups = keyGroups;
        this.share = Math.max(1, (mostSeries + keyGroups - 1) / keyGroups);
    }

    boolean isFullFor(Tuple3<String, Long, Long> series) {
        return taken.getOrDefault(place(series), 0) >= share;
    }

    void take(Tuple3<String, Long, Long> series) {
        taken.merge(place(series), 1, Integer::sum);
        all++;
    }

    void leave(Tuple3<String, Long, Long> series) {
        taken.computeIfPresent(place(series), (place, n) -> n == 1 ? null : n - 1);
        all--;
    }

    /** Of all tenants, on this subtask. */
    int all() {
        return all;
    }

    private Tuple2<String, Integer> place(Tuple3<String, Long, Long> series) {
        return Tuple2.of(series.f0, KeyGroupRangeAssignment.assignToKeyGroup(series, keyGroups));
    }
}
