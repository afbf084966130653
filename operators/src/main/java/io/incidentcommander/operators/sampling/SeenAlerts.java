// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.java.tuple.Tuple3;

/** Alerts by tenant and second of event time since they were last told. */
final class SeenAlerts {
    private static final Slices SECONDS = new Slices(1000);

    private final Map<String, TreeMap<Long, Long>> byTenant = new TreeMap<>();

    void add(String tenant, List<AlertRun> runs) {
        TreeMap<Long, Long> bySecond = byTenant.computeIfAbsent(tenant, t -> new TreeMap<>());
        for (AlertRun run : runs) {
            bySecond.merge(SECONDS.startOf(run.sliceMillis()), run.count(), Long::sum);
        }
    }

    /** Tells all, and begins anew. */
    void drain(Consumer<Tuple3<String, Long, Long>> told) {
        byTenant.forEach(
                (tenant, bySecond) ->
                        bySecond.forEach(
                                (second, count) -> told.accept(Tuple3.of(tenant, second, count))));
        byTenant.clear();
    }
}
