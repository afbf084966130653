// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.Comparator;
import java.util.Objects;

/** One series of a {@link MetricTable}: whose, what, and which statistic of it. Immutable. */
public final class MetricKey implements Comparable<MetricKey> {
    private static final Comparator<MetricKey> ORDER =
            Comparator.comparing(MetricKey::node)
                    .thenComparing(MetricKey::metric)
                    .thenComparing(MetricKey::statistic);

    private final String node;
    private final String metric;
    private final String statistic;

    public MetricKey(String node, String metric, String statistic) {
        this.node = Objects.requireNonNull(node, "node");
        this.metric = Objects.requireNonNull(metric, "metric");
        this.statistic = Objects.requireNonNull(statistic, "statistic");
    }

    public String node() {
        return node;
    }

    public String metric() {
        return metric;
    }

    /** As written by the source, such as Average, p99 or Sum; may be empty. */
    public String statistic() {
        return statistic;
    }

    @Override
    public int compareTo(MetricKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricKey && compareTo((MetricKey) other) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, metric, statistic);
    }

    @Override
    public String toString() {
        return node + " " + metric + (statistic.isEmpty() ? "" : " " + statistic);
    }
}
