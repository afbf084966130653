// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.local;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Flink's own metrics, readable in the process that runs the local cluster: what the live view and
 * the load run show costs the job nothing. One set for the process, since Flink makes reporters by
 * name; names are scopes with dots. Thread safe.
 */
public final class LocalMetrics implements MetricReporter, MetricReporterFactory {
    /** For the configuration: {@code metrics.reporter.local.factory.class}. */
    public static final String FACTORY = LocalMetrics.class.getName();

    private static final Map<String, Metric> METRICS = new ConcurrentHashMap<>();

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        METRICS.put(group.getMetricIdentifier(name), metric);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        METRICS.remove(group.getMetricIdentifier(name), metric);
    }

    /** Forgets what earlier clusters of this process left behind. */
    public static void clear() {
        METRICS.clear();
    }

    /** Sum of the counters whose scope holds {@code part} and that are called {@code name}. */
    public static long sumOfCounters(String part, String name) {
        long sum = 0;
        for (Map.Entry<String, Metric> entry : METRICS.entrySet()) {
            if (entry.getKey().endsWith("." + name)
                    && entry.getKey().contains(part)
                    && entry.getValue() instanceof Counter) {
                sum += ((Counter) entry.getValue()).getCount();
            }
        }
        return sum;
    }

    /**
     * Sum of the counters called {@code name} of the operator with just this name. A task is named
     * after all of its operators and counts what leaves the last: that is not among them.
     */
    public static long sumOfOperator(String operator, String name) {
        return sumOfCounters("." + operator + ".", name);
    }

    /** The greatest value of the gauges called {@code name}, or {@code otherwise}. */
    public static long maxOfGauges(String name, long otherwise) {
        long max = otherwise;
        for (Map.Entry<String, Metric> entry : METRICS.entrySet()) {
            if (entry.getKey().endsWith("." + name) && entry.getValue() instanceof Gauge) {
                Object value = ((Gauge<?>) entry.getValue()).getValue();
                if (value instanceof Number) {
                    max = Math.max(max, ((Number) value).longValue());
                }
            }
        }
        return max;
    }
}
