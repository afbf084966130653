// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.CausalRanking;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import io.incidentcommander.model.diagnosis.metrics.MetricRing;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.udfs.diagnosis.causal.CausalRanker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The causal ranking of an incident's services and those around them, from what is kept of their
 * metrics. What was before the incident, less some time in which it had begun and nobody told, is
 * normal. A function of what is kept and of event time.
 */
public final class RingRanking {
    /** So long before its first alert an incident may have begun. */
    static final long BEFORE_MILLIS = 15_000;

    /** Periods of normal operation, at the least. */
    static final int FEWEST_NORMAL = 5;

    /** Periods of an incident looked at, at most: its beginning. */
    static final int MOST_OF_INCIDENT = 60;

    private RingRanking() {}

    /**
     * @param calls among the services looked at
     * @param rings by service
     * @param openedAtMillis first alert of the incident
     * @param nowMillis what is later is not looked at
     */
    public static CausalVerdict of(
            CallGraph calls,
            SortedMap<String, MetricRing> rings,
            long openedAtMillis,
            long nowMillis) {
        long begin = ServiceReadings.periodOf(openedAtMillis - BEFORE_MILLIS);
        long last = ServiceReadings.periodOf(nowMillis + 1) - 1;
        long first = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        for (MetricRing ring : rings.values()) {
            if (!ring.series().isEmpty()) {
                first = Math.min(first, ring.first());
                newest = Math.max(newest, Math.min(last, ring.newest()));
            }
        }
        long end = Math.min(newest, begin + MOST_OF_INCIDENT - 1);
        if (begin - first < FEWEST_NORMAL || end < begin) {
            return CausalVerdict.noMetrics();
        }
        MetricTable normal = table(rings, Math.max(first, begin - MetricRing.MOST_PERIODS), begin);
        MetricTable issue = table(rings, begin, end + 1);
        CausalRanking ranking = new CausalRanker().rank(calls, normal, issue, Optional.empty());
        return CausalVerdict.of(ranking);
    }

    private static MetricTable table(SortedMap<String, MetricRing> rings, long from, long to) {
        int rows = (int) (to - from);
        double[] times = new double[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = (from + row) * ServiceReadings.PERIOD_MILLIS / 1_000.0;
        }
        Map<MetricKey, double[]> series = new HashMap<>();
        rings.forEach(
                (service, ring) -> {
                    for (String name : ring.series()) {
                        double[] values = new double[rows];
                        for (int row = 0; row < rows; row++) {
                            values[row] = ring.value(name, from + row);
                        }
                        series.put(SeriesNames.key(service, name), values);
                    }
                });
        return new MetricTable(times, series);
    }
}
