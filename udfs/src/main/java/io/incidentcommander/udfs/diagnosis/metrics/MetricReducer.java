// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Adds up the points of each service and period. Whatever order they come in, and however they are
 * divided among reducers whose readings are then added up, the result is the same, but for how sums
 * are rounded. Bound: it is full at {@link #MOST_PARTS}, for whoever hands out then. Not thread
 * safe.
 */
public final class MetricReducer {
    /** Services and periods held between two flushes. */
    static final int MOST_PARTS = 20_000;

    private final Map<String, Map<String, TreeMap<Long, ServiceReadings.Sums>>> tenants =
            new HashMap<>();
    private int held;

    /** Takes a point in; one whose value is no number says nothing. */
    public void add(MetricPoint point) {
        if (!Double.isFinite(point.value())) {
            return;
        }
        TreeMap<Long, ServiceReadings.Sums> periods =
                tenants.computeIfAbsent(point.tenant(), name -> new HashMap<>())
                        .computeIfAbsent(point.service(), name -> new TreeMap<>());
        long period = ServiceReadings.periodOf(point.timeMillis());
        ServiceReadings.Sums sums = periods.get(period);
        if (sums == null) {
            sums = ServiceReadings.sums(point.tenant(), point.service(), period);
            periods.put(period, sums);
            held++;
        }
        sums.add(SeriesNames.of(point), point.value());
    }

    public boolean isFull() {
        return held >= MOST_PARTS;
    }

    /** Hands out what was taken in, and begins anew. */
    public void flush(Consumer<ServiceReadings> out) {
        for (Map<String, TreeMap<Long, ServiceReadings.Sums>> services : tenants.values()) {
            for (TreeMap<Long, ServiceReadings.Sums> periods : services.values()) {
                periods.values().forEach(sums -> out.accept(sums.readings()));
            }
        }
        tenants.clear();
        held = 0;
    }
}
