// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.udfs.diagnosis.causal.NodeMetrics.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings latencies of different names to one unit, so that the waiting of callers and callees can
 * be added up: one monitoring system may give milliseconds of a function and seconds of a database.
 * Where names say the unit, it is taken from them; otherwise it is the power of a thousand that
 * brings the typical value nearest to that of the most frequent name.
 */
final class LatencyUnits {
    private LatencyUnits() {}

    /** What to multiply the values of each metric by. */
    static Map<String, Double> of(Collection<NodeMetrics> nodes) {
        SortedMap<String, List<Double>> levels = new TreeMap<>();
        for (NodeMetrics node : nodes) {
            for (Pair pair : node.of(MetricMeaning.LATENCY)) {
                double level = Robust.median(pair.normal);
                if (level > 0) {
                    levels.computeIfAbsent(pair.key.metric(), m -> new ArrayList<>()).add(level);
                }
            }
        }
        String most = null;
        for (Map.Entry<String, List<Double>> entry : levels.entrySet()) {
            boolean more = most == null || entry.getValue().size() > levels.get(most).size();
            most = more ? entry.getKey() : most;
        }
        Map<String, Double> units = new HashMap<>();
        for (String metric : levels.keySet()) {
            units.put(metric, unit(metric, most, levels));
        }
        return units;
    }

    private static double unit(String metric, String most, SortedMap<String, List<Double>> levels) {
        double named = named(metric);
        double reference = named(most);
        if (!Double.isNaN(named) && !Double.isNaN(reference)) {
            return named / reference;
        }
        double ratio = typical(levels.get(most)) / typical(levels.get(metric));
        return Math.pow(1000, Math.rint(Math.log10(ratio) / 3));
    }

    private static double typical(List<Double> levels) {
        return Robust.median(levels.stream().mapToDouble(l -> l).toArray());
    }

    /** Seconds of the unit in a name; NaN if it names none. */
    private static double named(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        if (name.endsWith("_us") || name.contains("micros")) {
            return 1e-6;
        }
        if (name.endsWith("_ms") || name.contains("millis")) {
            return 1e-3;
        }
        return name.contains("_seconds") || name.endsWith("_s") ? 1 : Double.NaN;
    }
}
