// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.List;

/**
 * The rules that fire in a fault, in the words of different houses: those of a cloud's own metrics,
 * of public rule collections, and of people who write their own.
 */
final class SymptomWords {
    private static final List<AlertKind> DATABASE =
            List.of(
                    kind("ConnectionPoolExhausted", "App/Db", "pool_waiting", 20, "Callers wait."),
                    kind("SlowQueries", "AWS/RDS", "query_p99_ms", 500, "Queries are too slow."),
                    kind(
                            "DatabaseConnections-High",
                            "AWS/RDS",
                            "DatabaseConnections",
                            400,
                            "Close to max_connections."),
                    kind(
                            "PostgresqlTooManyConnections",
                            "postgres",
                            "pg_stat_activity_count",
                            90,
                            "Over 90 % of the connections are in use."),
                    kind("ReplicaBehind", "AWS/RDS", "ReplicaLag", 30, "Replication lags."),
                    kind("DeadlocksRising", "AWS/RDS", "Deadlocks", 5, "Transactions deadlock."),
                    kind("PrimaryUnreachable", "App/Db", "primary_up", 1, "No new sessions."),
                    kind(
                            "LockWaitTimeouts",
                            "mysql",
                            "innodb_row_lock_waits",
                            50,
                            "Transactions give up waiting for row locks."),
                    kind("CommitsSlow", "AWS/RDS", "CommitLatency", 100, "Commits take long."));
    private static final List<AlertKind> FLOOD =
            List.of(
                    kind(
                            "RequestRateAnomaly",
                            "App/Edge",
                            "requests_per_second",
                            9000,
                            "Far more requests than at this hour of any day."),
                    kind(
                            "SynFloodSuspected",
                            "CWAgent",
                            "half_open_connections",
                            900,
                            "Half-open connections pile up."),
                    kind("NetworkSaturated", "AWS/EC2", "NetworkIn", 90, "The link is full."),
                    kind(
                            "DDoSDetected",
                            "AWS/DDoSProtection",
                            "DDoSDetected",
                            1,
                            "Shield reports an attack."),
                    kind(
                            "WafBlocksMany",
                            "AWS/WAFV2",
                            "BlockedRequests",
                            500,
                            "The web ACL blocks many requests."),
                    kind(
                            "ConntrackNearlyFull",
                            "node",
                            "nf_conntrack_entries",
                            90,
                            "The connection tracking table fills up."),
                    kind(
                            "UnknownClientsSurge",
                            "edge",
                            "distinct_client_addresses",
                            70,
                            "Traffic from addresses never seen before."),
                    kind(
                            "PerAddressLimitHit",
                            "edge",
                            "limited_clients",
                            40,
                            "Many addresses run into their limit."));
    private static final List<AlertKind> LEAK =
            List.of(
                    kind("HeapGrowing", "Jvm", "heap_used_percent", 75, "The heap only grows."),
                    kind("JvmMemoryFillingUp", "jvm", "jvm_memory_used", 80, "JVM memory is used."),
                    kind("LongCollections", "Jvm", "gc_pause_ms", 500, "GC pauses are long."),
                    kind(
                            "ContainerNearMemoryLimit",
                            "kube",
                            "container_memory_working_set_bytes",
                            90,
                            "The working set is close to its limit."),
                    kind("OutOfMemoryKilled", "kube", "oom_kills", 1, "A process was killed."),
                    kind("RssRising", "node", "process_resident_memory", 70, "RSS keeps rising."),
                    kind("OldGenerationFull", "Jvm", "old_gen_used", 90, "Little is collected."),
                    kind("MemoryUtilization-High", "AWS/ECS", "MemoryUtilization", 85, "High."));
    private static final List<AlertKind> OVERLOAD =
            List.of(
                    kind("RequestsThrottled", "App/Http", "throttled_requests", 50, "429s rise."),
                    kind("TooManyRequests", "App/Http", "http_429", 5, "Clients are turned away."),
                    kind(
                            "ConcurrencyAtLimit",
                            "AWS/Lambda",
                            "ConcurrentExecutions",
                            900,
                            "All concurrency is in use."),
                    kind("RequestQueueFull", "App/Http", "queued_requests", 200, "Requests wait."),
                    kind("WorkersBusy", "App/Http", "threads_active", 200, "No worker is free."),
                    kind("ApiLatencyHigh", "AWS/ApiGateway", "Latency", 1500, "The API is slow."),
                    kind("LoadShedding", "App/Http", "shed_requests", 10, "Load is being shed."),
                    kind(
                            "AutoscalerAtMaximum",
                            "kube",
                            "hpa_replicas",
                            20,
                            "No more replicas can be added for the load."),
                    kind("ThrottleCount", "AWS/ApiGateway", "Count", 9000, "Calls over quota."));
    private static final List<AlertKind> STORAGE =
            List.of(
                    kind("VolumeNotResponding", "node", "io_wait_percent", 60, "I/O hangs."),
                    kind("WriteErrors", "App/Store", "write_errors", 5, "Writes fail."),
                    kind("DiskIoErrors", "node", "node_disk_io_errors", 1, "The device errs."),
                    kind(
                            "VolumeStalled",
                            "AWS/EBS",
                            "VolumeStalledIOCheck",
                            1,
                            "The volume does no I/O."),
                    kind(
                            "FilesystemReadOnly",
                            "node",
                            "node_filesystem_readonly",
                            1,
                            "The file system was remounted read-only."),
                    kind("BucketErrors", "AWS/S3", "5xxErrors", 5, "The bucket answers 5xx."),
                    kind("BurstBalanceGone", "AWS/EBS", "BurstBalance", 5, "No I/O credit."),
                    kind("ArrayDegraded", "node", "md_disks_failed", 1, "RAID lost a disk."),
                    kind("QueueLengthHigh", "AWS/EBS", "VolumeQueueLength", 64, "I/O waits."));

    private static final List<AlertKind> EFFECTS =
            List.of(
                    kind("HighErrorRate", "App/Http", "error_rate", 5, "Errors ≥ 5 %."),
                    kind("SlowResponses", "App/Http", "latency_p99", 1500, "p99 over 1.5 s."),
                    kind("HealthCheckFailing", "AWS/ELB", "UnHealthyHostCount", 1, "Unhealthy."),
                    kind("QueueBacklog", "AWS/SQS", "QueueDepth", 5000, "The queue grows."),
                    kind("UpstreamTimeouts", "App/Http", "upstream_timeouts", 10, "Timeouts."),
                    kind("TargetResponseTime", "AWS/ELB", "TargetResponseTime", 2, "Slow."),
                    kind("BreakerOpen", "App/Http", "breaker_open", 1, "A breaker opened."),
                    kind("RetriesRising", "App/Http", "retries", 20, "Calls are repeated."),
                    kind("SloBurnRate", "slo", "error_budget_burn", 14, "The budget burns."),
                    kind("JobsFailing", "App/Batch", "failed_jobs", 3, "Jobs end in errors."));
    private static final List<AlertKind> DATABASE_EFFECTS =
            List.of(
                    kind("DatabaseTimeouts", "App/Db", "db_timeouts", 5, "Queries time out."),
                    kind("SqlErrors", "App/Db", "sql_errors", 5, "Statements fail."));
    private static final List<AlertKind> FLOOD_EFFECTS =
            List.of(
                    kind("ConnectionResets", "App/Http", "resets", 50, "Connections are reset."),
                    kind("WorkersBusy", "App/Http", "threads_active", 200, "No worker is free."));
    private static final List<AlertKind> LEAK_EFFECTS =
            List.of(
                    kind("RestartLoop", "kube", "restarts", 3, "It keeps restarting."),
                    kind("ConnectionRefused", "App/Http", "refused", 5, "A peer is gone."));
    private static final List<AlertKind> OVERLOAD_EFFECTS =
            List.of(
                    kind("CallsThrottled", "App/Http", "upstream_429", 5, "A peer answers 429."),
                    kind("BackoffActive", "App/Http", "backoff", 5, "Clients back off."));
    private static final List<AlertKind> STORAGE_EFFECTS =
            List.of(
                    kind("UploadsFailing", "App/Store", "failed_uploads", 3, "Uploads fail."),
                    kind("PersistErrors", "App/Store", "persist_errors", 3, "Nothing is saved."));

    private static final AlertKind[] GAUGES = {
        kind("heap_used_percent", "Jvm", "heap_used_percent", 75, "Share of the heap in use."),
        kind("process_resident_memory", "node", "process_resident_memory", 70, "RSS."),
        kind("MemoryUtilization", "AWS/ECS", "MemoryUtilization", 85, "Memory of the task."),
    };

    private SymptomWords() {}

    /** What the service that fails says itself. */
    static List<AlertKind> ofOrigin(FaultScenario scenario) {
        switch (scenario) {
            case DATABASE_CASCADE:
                return DATABASE;
            case DDOS:
                return FLOOD;
            case MEMORY_LEAK:
                return LEAK;
            case API_OVERLOAD:
                return OVERLOAD;
            default:
                return STORAGE;
        }
    }

    /** What anyone says who suffers from another. */
    static List<AlertKind> effects() {
        return EFFECTS;
    }

    /** What only those say who know a little of the cause. */
    static List<AlertKind> effectsOf(FaultScenario scenario) {
        switch (scenario) {
            case DATABASE_CASCADE:
                return DATABASE_EFFECTS;
            case DDOS:
                return FLOOD_EFFECTS;
            case MEMORY_LEAK:
                return LEAK_EFFECTS;
            case API_OVERLOAD:
                return OVERLOAD_EFFECTS;
            default:
                return STORAGE_EFFECTS;
        }
    }

    /** The metrics in which a leak can be seen. */
    static AlertKind gauge(int i) {
        return GAUGES[i % GAUGES.length];
    }

    private static AlertKind kind(
            String name, String namespace, String metric, int threshold, String summary) {
        return AlertKind.of(name, namespace, metric, threshold, summary);
    }
}
