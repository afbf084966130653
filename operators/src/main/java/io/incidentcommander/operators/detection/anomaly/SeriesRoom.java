// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * How many series of each tenant are watched, by key group, so that how many are let in does not
 * depend on the parallelism; who is, of too many, goes by arrival. Series fall on key groups as
 * chance has it: a tenant's share of each is the mean and four standard deviations and two more, by
 * which of a hundred tenants with as many series as they may have one, at most, finds a key group
 * full (Poisson). All shares together are more: 2,688 for 1,000 series and 128 key groups. Counted
 * anew from the state after a restore. Not thread safe.
 */
final class SeriesRoom {
    private final int keyGroups;
    private final int share;
    private final Map<Tuple2<String, Integer>, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param mostSeries of a tenant that find room
     */
    SeriesRoom(int mostSeries, int keyGroups) {
        this.keyGroups = keyGroups;
        double mean = (double) mostSeries / keyGroups;
        this.share = (int) Math.ceil(mean + 4 * Math.sqrt(mean) + 2);
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
