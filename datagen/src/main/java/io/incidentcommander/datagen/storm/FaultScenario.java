// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static io.incidentcommander.model.ingest.Severity.CRITICAL;
import static io.incidentcommander.model.ingest.Severity.HIGH;
import static io.incidentcommander.model.ingest.Severity.MEDIUM;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The demo faults: which service fails, who depends on it, and what fires where, nearest first. The
 * first symptoms are the origin's own.
 */
public enum FaultScenario {
    DATABASE_CASCADE(
            IncidentType.DATABASE_FAILURE,
            "orders-db",
            at("orders-db", "ConnectionPoolExhausted", "pool_waiting", CRITICAL, 0, 3),
            at("orders-db", "SlowQueries", "query_p99_ms", HIGH, 0, 2),
            at("orders", "DatabaseTimeouts", "db_timeouts", CRITICAL, 0.12, 4),
            at("inventory", "DatabaseTimeouts", "db_timeouts", HIGH, 0.14, 3),
            at("payments", "HighErrorRate", "error_rate", CRITICAL, 0.2, 4),
            at("checkout", "HighErrorRate", "error_rate", CRITICAL, 0.24, 5),
            at("checkout", "SlowResponses", "latency_p99", HIGH, 0.24, 4),
            at("storefront", "SlowResponses", "latency_p99", MEDIUM, 0.3, 3)),
    DDOS(
            IncidentType.DDOS,
            "edge-gateway",
            at("edge-gateway", "RequestRateAnomaly", "requests_per_second", CRITICAL, 0, 4),
            at("edge-gateway", "SynFloodSuspected", "half_open_connections", CRITICAL, 0, 3),
            at("edge-gateway", "NetworkSaturated", "NetworkIn", HIGH, 0.05, 3),
            at("storefront", "SlowResponses", "latency_p99", HIGH, 0.14, 4),
            at("search", "ThreadPoolSaturated", "threads_active", HIGH, 0.2, 3),
            at("sessions", "HighErrorRate", "error_rate", MEDIUM, 0.26, 2)),
    MEMORY_LEAK(
            IncidentType.MEMORY_LEAK,
            "recommendations",
            at("recommendations", "HeapGrowing", "heap_used_percent", MEDIUM, 0, 3),
            at("recommendations", "GarbageCollectionPauses", "gc_pause_ms", HIGH, 0.1, 3),
            at("recommendations", "OutOfMemoryKilled", "oom_kills", CRITICAL, 0.22, 2),
            at("storefront", "SlowResponses", "latency_p99", MEDIUM, 0.28, 2)),
    API_OVERLOAD(
            IncidentType.API_OVERLOAD,
            "partner-api",
            at("partner-api", "RequestsThrottled", "throttled_requests", HIGH, 0, 4),
            at("partner-api", "HighCpuUtilization", "CPUUtilization", HIGH, 0, 2),
            at("partner-api", "QueueBacklog", "QueueDepth", CRITICAL, 0.08, 3),
            at("catalog", "UpstreamTimeouts", "upstream_timeouts", HIGH, 0.16, 3),
            at("pricing", "SlowResponses", "latency_p99", MEDIUM, 0.24, 2)),
    STORAGE_FAILURE(
            IncidentType.STORAGE_FAILURE,
            "media-store",
            at("media-store", "VolumeNotResponding", "io_wait_percent", CRITICAL, 0, 3),
            at("media-store", "WriteErrors", "write_errors", CRITICAL, 0, 3),
            at("uploads", "HighErrorRate", "error_rate", CRITICAL, 0.12, 4),
            at("thumbnails", "JobsFailing", "failed_jobs", HIGH, 0.16, 3),
            at("catalog", "SlowResponses", "latency_p99", MEDIUM, 0.24, 2),
            at("storefront", "SlowResponses", "latency_p99", MEDIUM, 0.3, 2));

    private final IncidentType type;
    private final String origin;
    private final List<Symptom> symptoms;

    FaultScenario(IncidentType type, String origin, Symptom... symptoms) {
        this.type = type;
        this.origin = origin;
        this.symptoms = Collections.unmodifiableList(Arrays.asList(symptoms));
    }

    /** As on the command line: {@code database-cascade}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FaultScenario> ofOptionName(String name) {
        return Arrays.stream(values()).filter(s -> s.optionName().equals(name)).findFirst();
    }

    public IncidentType type() {
        return type;
    }

    /** The service that fails first. */
    public String origin() {
        return origin;
    }

    /** All services with symptoms, the origin first, then as the fault reaches them. */
    public List<String> affectedServices() {
        return symptoms.stream().map(Symptom::service).distinct().collect(Collectors.toList());
    }

    /** By onset. */
    List<Symptom> symptoms() {
        return symptoms;
    }

    private static Symptom at(
            String service,
            String alert,
            String metric,
            Severity severity,
            double onset,
            double weight) {
        AlertKind kind =
                AlertKind.of(alert, "App/Faults", metric, 50, alert + " on " + service + ".");
        return Symptom.of(
                service, kind, severity, formatOf(service, alert), onset, weight, Symptom.HOSTS);
    }

    /** Every rule has its monitoring system. */
    private static RecordFormat formatOf(String service, String alert) {
        RecordFormat[] formats = {
            RecordFormat.ALERTMANAGER,
            RecordFormat.EVENTBRIDGE,
            RecordFormat.DATADOG,
            RecordFormat.GRAFANA,
            RecordFormat.CANONICAL,
            RecordFormat.PAGERDUTY_EVENTS
        };
        return formats[Math.floorMod((service + alert).hashCode(), formats.length)];
    }
}
