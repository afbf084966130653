// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a metric is about, told from its name alone: names of monitoring systems agree on the words,
 * not on units.
 */
public enum MetricMeaning {
    /** Share of requests that succeed; of 1 or of 100. */
    AVAILABILITY("availab", "success", "healthy"),
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
            "timed_out",
            "reject",
            "drop",
            "loss",
            "retr",
            "unhealthy",
            "unavailab",
            "unsuccess"),
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
            "tps",
            "calls",
            "hits",
            "load",
            "messages",
            "numberofmessagessent"),
    /** How full, busy or large something is, and whatever else is measured. */
    RESOURCE();

    /** Of the machine, whatever else the name says. */
    private static final List<String> MACHINE =
            List.of(
                    "cpu",
                    "mem",
                    "disk",
                    "heap",
                    "iops",
                    "_fs_",
                    "loadavg",
                    "load_avg",
                    "load average",
                    "uptime",
                    "queue",
                    "messagesvisible",
                    "backlog",
                    "socket");

    /** Of the network: bytes and packets lost are not requests served and failed. */
    private static final List<String> NETWORK = List.of("network", "net_", "tcp", "packet");

    /** A quantile and nothing else, or a load average over minutes. */
    private static final Pattern QUANTILE = Pattern.compile("(p|q|pct|percentile)[-_ ]?\\d.*");

    private static final Pattern LOAD_AVERAGE = Pattern.compile(".*load[-_ ]?(1|5|15)m?");

    private final String[] words;

    MetricMeaning(String... words) {
        this.words = words;
    }

    /** The meaning of a metric by its name, in any case; {@link #RESOURCE} if no word is known. */
    public static MetricMeaning of(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        if (MACHINE.stream().anyMatch(name::contains) || LOAD_AVERAGE.matcher(name).matches()) {
            return RESOURCE;
        }
        boolean waits = LATENCY.isIn(name);
        if (!waits && NETWORK.stream().anyMatch(name::contains)) {
            return RESOURCE;
        }
        if (QUANTILE.matcher(name).matches()) {
            return LATENCY;
        }
        boolean denied = name.contains("unavailab") || name.contains("unhealthy");
        if (denied || name.contains("unsuccess")) {
            return FAILURE;
        }
        for (MetricMeaning meaning : values()) {
            if (meaning.isIn(name)) {
                return meaning;
            }
        }
        return RESOURCE;
    }

    private boolean isIn(String name) {
        return Arrays.stream(words).anyMatch(name::contains);
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
