// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.List;
import java.util.Locale;

/**
 * What a metric is about, told from its name alone: names of monitoring systems agree on the words,
 * not on units.
 */
public enum MetricMeaning {
    /** Share of requests that succeed; of 1 or of 100. */
    AVAILABILITY("availab", "success", "uptime", "healthy"),
    /** Requests that fail: how many, or which share. */
    FAILURE(
            "error",
            "fault",
            "fail",
            "exception",
            "5xx",
            "4xx",
            "throttl",
            "timeout",
            "reject",
            "drop",
            "loss",
            "retr"),
    /** How long a request takes. */
    LATENCY(
            "latenc",
            "duration",
            "response_time",
            "responsetime",
            "response time",
            "delay",
            "elapsed",
            "_ms",
            "_seconds"),
    /** How many requests come. */
    TRAFFIC(
            "request",
            "traffic",
            "workload",
            "invocation",
            "throughput",
            "qps",
            "rps",
            "calls",
            "hits",
            "load"),
    /** How full, busy or large something is, and whatever else is measured. */
    RESOURCE();

    private static final List<String> BUSYNESS =
            List.of("cpu", "mem", "disk", "heap", "loadavg", "load_avg", "load average", "socket");

    private final String[] words;

    MetricMeaning(String... words) {
        this.words = words;
    }

    /** The meaning of a metric by its name, in any case; {@link #RESOURCE} if no word is known. */
    public static MetricMeaning of(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        if (BUSYNESS.stream().anyMatch(name::contains)) {
            return RESOURCE;
        }
        for (MetricMeaning meaning : values()) {
            for (String word : meaning.words) {
                if (name.contains(word)) {
                    return meaning;
                }
            }
        }
        return RESOURCE;
    }

    /** The kind of trouble that a symptom in such a metric is. */
    Trouble trouble() {
        switch (this) {
            case AVAILABILITY:
            case FAILURE:
                return Trouble.ERRORS;
            case LATENCY:
                return Trouble.LATENCY;
            case TRAFFIC:
                return Trouble.SURGE;
            default:
                return Trouble.RESOURCE;
        }
    }
}
