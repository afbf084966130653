// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalMetricsTest {
    private final LocalMetrics metrics = new LocalMetrics();
    private final ConcurrentHashMap<String, Counter> counters = new ConcurrentHashMap<>();

    @BeforeEach
    @AfterEach
    void forget() {
        LocalMetrics.clear();
    }

    @Test
    void whatLeavesATaskIsNotWhatItsSourceRead() {
        count("host.taskmanager.tm.job.Source: storm.0", 7);
        count("host.taskmanager.tm.job.Source: storm.1", 5);
        count("host.taskmanager.tm.job.Source: storm -> decode -> (a, b).0", 100);
        count("host.taskmanager.tm.job.Source: stormy.0", 1000);

        assertThat(LocalMetrics.sumOfOperator("Source: storm", "numRecordsOut")).isEqualTo(12);
        assertThat(LocalMetrics.sumOfOperator("Source: storm", "numRecordsIn")).isZero();
    }

    private void count(String scope, long value) {
        Counter counter = counters.computeIfAbsent(scope, s -> new SimpleCounter());
        counter.inc(value);
        metrics.notifyOfAddedMetric(counter, "numRecordsOut", scope(scope));
    }

    private static MetricGroup scope(String scope) {
        return new UnregisteredMetricsGroup() {
            @Override
            public String getMetricIdentifier(String name) {
                return scope + "." + name;
            }
        };
    }
}
