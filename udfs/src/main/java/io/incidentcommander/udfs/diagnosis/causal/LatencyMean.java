// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.udfs.diagnosis.causal.NodeMetrics.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean latency of a node, which can be added up, as waiting of callers and callees is. Where
 * only quantiles are measured it is estimated from them: each stands for the requests nearer to it
 * than to the others. So a fault that a tenth of the requests feel shows in it, as it would in the
 * mean.
 */
final class LatencyMean {
    private LatencyMean() {}

    /**
     * @param latencies of one node, at least one, the mean first, then quantiles from the lowest
     */
    static Pair of(List<Pair> latencies) {
        Pair first = latencies.get(0);
        if (NodeMetrics.tail(first) <= 1) {
            return first;
        }
        List<Pair> quantiles = new ArrayList<>();
        int last = 0;
        for (Pair pair : latencies) {
            int tail = NodeMetrics.tail(pair);
            if (tail > last && tail <= 100) {
                quantiles.add(pair);
                last = tail;
            }
        }
        if (quantiles.size() < 2) {
            return first;
        }
        double[] mass = new double[quantiles.size()];
        double from = 0;
        for (int i = 0; i < mass.length; i++) {
            double here = NodeMetrics.tail(quantiles.get(i)) / 100.0;
            double to =
                    i == mass.length - 1
                            ? 1
                            : (here + NodeMetrics.tail(quantiles.get(i + 1)) / 100.0) / 2;
            mass[i] = to - from;
            from = to;
        }
        double[] normal = new double[first.normal.length];
        double[] issue = new double[first.issue.length];
        for (int i = 0; i < mass.length; i++) {
            add(mass[i], quantiles.get(i).normal, normal);
            add(mass[i], quantiles.get(i).issue, issue);
        }
        return first.with(normal, issue);
    }

    private static void add(double factor, double[] values, double[] into) {
        for (int row = 0; row < into.length; row++) {
            into[row] += factor * values[row];
        }
    }
}
