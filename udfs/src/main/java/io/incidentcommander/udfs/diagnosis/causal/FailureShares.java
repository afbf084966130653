// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.udfs.diagnosis.causal.NodeMetrics.Pair;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which metrics of failures are shares of the requests, rather than numbers of them: those that are
 * never above 1 at any node, not only 0 and 1, and whose name speaks of a share; or that of an
 * application in which nothing counts requests.
 */
final class FailureShares {
    private static final List<String> WORDS =
            List.of("rate", "ratio", "share", "percent", "pct", "fraction", "prob");

    private FailureShares() {}

    static Set<String> of(Collection<NodeMetrics> nodes) {
        Map<String, Double> most = new HashMap<>();
        Set<String> counted = new HashSet<>();
        boolean traffic = false;
        for (NodeMetrics node : nodes) {
            traffic |= !node.of(MetricMeaning.TRAFFIC).isEmpty();
            for (Pair pair : node.of(MetricMeaning.FAILURE)) {
                double high = Math.max(Rowwise.maximum(pair.normal), Rowwise.maximum(pair.issue));
                most.merge(pair.key.metric(), high, Math::max);
                if (pair.counted && high > 0) {
                    counted.add(pair.key.metric());
                }
            }
        }
        Set<String> shares = new HashSet<>();
        for (Map.Entry<String, Double> entry : most.entrySet()) {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            boolean said = !traffic || WORDS.stream().anyMatch(name::contains);
            if (entry.getValue() <= 1 && !counted.contains(entry.getKey()) && said) {
                shares.add(entry.getKey());
            }
        }
        return shares;
    }
}
