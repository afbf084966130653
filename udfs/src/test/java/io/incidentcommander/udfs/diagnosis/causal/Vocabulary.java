// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.udfs.diagnosis.causal.SimulatedApplication.Sample;

/** How monitoring systems name what they measure, in which units, and what they leave out. */
enum Vocabulary {
    /** Traces: counts, shares of success, mean and percentiles in seconds; no resources. */
    TRACES {
        @Override
        void write(Sink to, Sample s) {
            to.put("latency", "Average", s.latency);
            to.put("latency", "p50", s.p50);
            to.put("latency", "p90", s.p90);
            to.put("latency", "p99", s.p99);
            to.put("requests", "Sum", s.requests);
            to.put(
                    "availability",
                    "Average",
                    s.requests == 0 ? Double.NaN : 100 * (1 - s.failed / s.requests));
        }
    },
    /** A service mesh and container metrics, names joined by a hyphen; stores have no requests. */
    MESH {
        @Override
        void write(Sink to, Sample s) {
            to.put("cpu", "", s.cpu);
            to.put("mem", "", s.memory);
            to.put("diskio", "", s.disk);
            to.put("socket", "", 4 + Math.rint(Math.sqrt(s.requests / s.period)));
            if (!s.store) {
                to.put("workload", "", s.requests / s.period);
                to.put("error", "", s.failed / s.period);
                to.put("latency-50", "", s.p50);
                to.put("latency-90", "", s.p90);
            }
        }
    },
    /** Prometheus: rates, shares, bytes, quantiles in seconds. */
    PROMETHEUS {
        @Override
        void write(Sink to, Sample s) {
            to.put("container_cpu_usage_seconds_total", "rate", s.cpu);
            to.put("container_memory_working_set_bytes", "", s.memory);
            to.put("container_network_receive_bytes_total", "rate", s.network);
            to.put("container_fs_writes_bytes_total", "rate", s.disk);
            to.put("rps", "", s.requests / s.period);
            to.put("error_rate", "", s.requests == 0 ? 0 : s.failed / s.requests);
            to.put("http_request_duration_seconds", "p95", 1.2 * s.p90);
            to.put("http_request_duration_seconds", "p50", s.p50);
        }
    },
    /** CloudWatch: milliseconds, percent, counts. */
    CLOUDWATCH {
        @Override
        void write(Sink to, Sample s) {
            to.put("CPUUtilization", "Average", 100 * Math.min(1, s.cpu));
            to.put("MemoryUtilization", "Average", Math.min(100, s.memory / 2e7));
            if (s.queue) {
                to.put("ApproximateNumberOfMessagesVisible", "Average", Math.rint(s.depth));
                to.put("NumberOfMessagesSent", "Sum", s.requests);
                return;
            }
            if (s.store) {
                to.put("WriteIOPS", "Average", s.disk / 4096);
                to.put("ReadLatency", "Average", s.latency);
                to.put("DatabaseConnections", "Average", 20);
                return;
            }
            to.put("Duration", "Average", 1000 * s.latency);
            to.put("Duration", "p95", 1200 * s.p90);
            to.put("Invocations", "Sum", s.requests);
            to.put("5XXError", "Sum", s.failed);
            to.put("Throttles", "Sum", 0);
        }
    },
    /** Another in-house set: millicores, microseconds, a count of 5xx, requests per second. */
    HOUSE {
        @Override
        void write(Sink to, Sample s) {
            to.put("cpu_millicores", "", 1000 * s.cpu);
            to.put("memory_mb", "", s.memory / 1e6);
            to.put("disk_write_kb", "", s.disk / 1000);
            to.put("net_rx_kb", "", s.network / 1000);
            to.put("net_tx_kb", "", s.network / 700);
            to.put("p95", "", 1.2e6 * s.p90);
            to.put("p50", "", 1e6 * s.p50);
            to.put("qps", "", s.requests / s.period);
            to.put("5xx", "", s.failed);
        }
    };

    /** Takes one value. */
    interface Sink {
        void put(String metric, String statistic, double value);
    }

    abstract void write(Sink to, Sample sample);
}
