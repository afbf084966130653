// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/** An alert rule: what fires, on which metric, at which limit, in which words. Immutable. */
final class AlertKind {
    private static final AlertKind[] ROUTINE = {
        of("HighCpuUtilization", "AWS/EC2", "CPUUtilization", 85, "CPU is above its limit."),
        of("MemoryPressure", "CWAgent", "mem_used_percent", 90, "Memory is nearly used up."),
        of("DiskAlmostFull", "CWAgent", "disk_used_percent", 88, "The disk is filling up."),
        of("HighErrorRate", "App/Http", "error_rate", 5, "Errors ≥ 5 % of the requests."),
        of("SlowResponses", "App/Http", "latency_p99", 1500, "Latency p99 is over 1.5 s."),
        of("QueueBacklog", "AWS/SQS", "QueueDepth", 5000, "The queue grows faster than it drains."),
        of("RestartLoop", "Kube", "restarts", 3, "The container keeps restarting."),
        of("CertificateExpiry", "App/Tls", "days_left", 14, "The certificate expires soon."),
        of("ReplicationLag", "AWS/RDS", "ReplicaLag", 30, "The replica is behind its primary."),
        of("ConnectionsHigh", "AWS/RDS", "DatabaseConnections", 400, "Many open connections."),
        of("GarbageCollectionPauses", "Jvm", "gc_pause_ms", 500, "Collections pause ≥ 500 ms."),
        of("ThreadPoolSaturated", "Jvm", "threads_active", 200, "All worker threads are busy."),
        of("CacheMissRate", "AWS/ElastiCache", "CacheMisses", 40, "The cache answers too little."),
        of("NetworkRetransmits", "CWAgent", "tcp_retransmits", 2, "Packets are lost."),
        of("ClockDrift", "CWAgent", "clock_offset_ms", 100, "The clock is off by over 100 ms."),
        of("JobOverdue", "App/Batch", "minutes_late", 15, "A scheduled job has not finished."),
        of("HealthCheckFailing", "AWS/ELB", "UnHealthyHostCount", 1, "Health checks fail."),
        of("DeadLettersRising", "AWS/SQS", "DeadLetters", 10, "Messages end as dead letters."),
        of("FileHandlesLow", "CWAgent", "open_files", 60000, "Few file handles are left."),
        of("InodeExhaustion", "CWAgent", "inodes_used_percent", 92, "Few inodes are left."),
    };

    private final String name;
    private final String namespace;
    private final String metric;
    private final int threshold;
    private final String summary;

    private AlertKind(String name, String namespace, String metric, int threshold, String summary) {
        this.name = name;
        this.namespace = namespace;
        this.metric = metric;
        this.threshold = threshold;
        this.summary = summary;
    }

    /** Texts need no escaping in JSON. */
    static AlertKind of(
            String name, String namespace, String metric, int threshold, String summary) {
        return new AlertKind(name, namespace, metric, threshold, summary);
    }

    /** How many rules every service has. */
    static int routineKinds() {
        return ROUTINE.length;
    }

    static AlertKind routine(int i) {
        return ROUTINE[i];
    }

    String name() {
        return name;
    }

    String namespace() {
        return namespace;
    }

    String metric() {
        return metric;
    }

    int threshold() {
        return threshold;
    }

    String summary() {
        return summary;
    }
}
