// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricMeaningTest {
    @ParameterizedTest
    @CsvSource({
        "availability, AVAILABILITY",
        "HealthyHostCount, AVAILABILITY",
        "UnHealthyHostCount, FAILURE",
        "5XXError, FAILURE",
        "error_rate, FAILURE",
        "latency-90, LATENCY",
        "p95, LATENCY",
        "P99.9, LATENCY",
        "Duration, LATENCY",
        "http_request_duration_seconds, LATENCY",
        "TargetResponseTime, LATENCY",
        "ReadLatency, LATENCY",
        "network_latency, LATENCY",
        "workload, TRAFFIC",
        "load, TRAFFIC",
        "rps, TRAFFIC",
        "NumberOfMessagesSent, TRAFFIC",
        "load1, RESOURCE",
        "system_load_15, RESOURCE",
        "container_cpu_usage_seconds_total, RESOURCE",
        "container_fs_writes_bytes_total, RESOURCE",
        "packets_dropped, RESOURCE",
        "tcp_retransmits, RESOURCE",
        "memory_requests, RESOURCE",
        "ApproximateNumberOfMessagesVisible, RESOURCE",
        "p, RESOURCE"
    })
    void namesOfManySystemsSayWhatAMetricIsAbout(String name, MetricMeaning meaning) {
        assertThat(MetricMeaning.of(name)).isEqualTo(meaning);
    }
}
