// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * Alerts by tenant and second of event time since they were last told. What is being added to is at
 * hand: most runs of a slice are of one second, and of few tenants.
 */
final class SeenAlerts {
    private static final Slices SECONDS = new Slices(1000);

    private final Map<String, TreeMap<Long, Long>> byTenant = new TreeMap<>();

    private String tenant = "";
    private long second;
    private long alerts; // of that tenant and second, not in the map yet

    void add(String ofTenant, List<AlertRun> runs) {
        for (AlertRun run : runs) {
            long ofSecond = SECONDS.startOf(run.sliceMillis());
            if (ofSecond != second || !ofTenant.equals(tenant)) {
                turnTo(ofTenant, ofSecond);
            }
            alerts += run.count();
        }
    }

    /** Tells all, and begins anew. */
    void drain(Consumer<Tuple3<String, Long, Long>> told) {
        turnTo("", 0);
        byTenant.forEach(
                (ofTenant, bySecond) ->
                        bySecond.forEach(
                                (ofSecond, count) ->
                                        told.accept(Tuple3.of(ofTenant, ofSecond, count))));
        byTenant.clear();
    }

    private void turnTo(String ofTenant, long ofSecond) {
        if (alerts > 0) {
            byTenant.computeIfAbsent(tenant, t -> new TreeMap<>()).merge(second, alerts, Long::sum);
        }
        tenant = ofTenant;
        second = ofSecond;
        alerts = 0;
    }
}
