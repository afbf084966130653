// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.datagen.storm.Draws;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.TreeMap;

/** Words the alerts of a simulation. Not thread safe: ids are numbered. */
final class SimulatedAlerts {
    static final String TENANT = "simulation";

    /** What a service that fails by itself says. */
    private static final String[][] CAUSES = {
        {"PoolExhausted", "All connections of the pool are in use."},
        {"InstanceDown", "The instance does not answer."},
        {"HighCpu", "CPU is above its limit."},
        {"VolumeSlow", "Writes to the volume are slow."},
        {"HeapGrowing", "The heap grows and is not given back."},
        {"CrashLoop", "The container keeps restarting."},
        {"CertificateRejected", "Handshakes fail: the certificate is not accepted."},
        {"LockContention", "Sessions wait for locks."},
    };

    /** What one says that suffers from another. */
    private static final String[][] EFFECTS = {
        {"HighErrorRate", "Errors are more than 5 % of the requests."},
        {"SlowResponses", "Latency p99 is over its limit."},
        {"UpstreamTimeouts", "Calls to a dependency time out."},
        {"QueueBacklog", "The queue grows faster than it drains."},
        {"HealthCheckFailing", "Health checks fail."},
        {"ThreadsBusy", "All worker threads are busy."},
        {"RetriesRising", "Calls are repeated more often than usual."},
        {"BreakerOpen", "A circuit breaker has opened."},
    };

    /** What there is all the time. */
    private static final String[][] CHATTER = {
        {"DiskFilling", "The disk is filling up."},
        {"SlowResponses", "Latency p99 is over its limit."},
        {"CertificateExpiry", "The certificate expires soon."},
        {"HighCpu", "CPU is above its limit."},
        {"JobLate", "A scheduled job has not finished."},
        {"PacketsLost", "Packets are lost."},
        {"CacheMisses", "The cache answers too little."},
        {"HighErrorRate", "Errors are more than 5 % of the requests."},
    };

    private static final String[] REGIONS = {"eu-west-1", "us-east-1", "eu-central-1"};

    private long offset;
    private Alert last;

    static int kinds() {
        return CAUSES.length;
    }

    NotableAlert symptom(
            String service, boolean origin, int kind, int host, long time, Draws draws) {
        String[] words = origin ? CAUSES[kind] : EFFECTS[kind];
        Severity severity =
                draws.oneOf(
                        Severity.MEDIUM,
                        Severity.HIGH,
                        Severity.HIGH,
                        Severity.CRITICAL,
                        origin ? Severity.CRITICAL : Severity.MEDIUM);
        return alert(words, service, host, severity, time, NotifyReason.NEW);
    }

    NotableAlert noise(String service, int rule, long time, boolean again, Draws draws) {
        Severity severity =
                draws.oneOf(
                        Severity.INFO,
                        Severity.LOW,
                        Severity.LOW,
                        Severity.MEDIUM,
                        Severity.MEDIUM,
                        Severity.MEDIUM,
                        Severity.HIGH);
        String[] words = CHATTER[rule % CHATTER.length];
        return alert(
                words,
                service,
                10 + rule % 3,
                severity,
                time,
                again ? NotifyReason.RETURNED : NotifyReason.NEW);
    }

    /** The end of the alert made last. */
    NotableAlert resolved(long time) {
        Alert over =
                last.toBuilder()
                        .id(new AlertId(TENANT, "p0", offset++, 0))
                        .status(AlertStatus.RESOLVED)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .build();
        return new NotableAlert(over, NotifyReason.RESOLVED, 1);
    }

    private NotableAlert alert(
            String[] words,
            String service,
            int host,
            Severity severity,
            long time,
            NotifyReason reason) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", words[0]);
        labels.put("service", service);
        labels.put("instance", service + "-" + host);
        labels.put("region", REGIONS[Math.floorMod(service.hashCode(), REGIONS.length)]);
        Fingerprint fingerprint = Fingerprint.of(TENANT, labels);
        labels.put("severity", severity.name());
        last =
                Alert.builder()
                        .id(new AlertId(TENANT, "p0", offset++, 0))
                        .tenant(TENANT)
                        .format(AlertFormat.ALERTMANAGER)
                        .fingerprint(fingerprint)
                        .name(words[0])
                        .service(service)
                        .host(service + "-" + host)
                        .severity(severity)
                        .status(AlertStatus.FIRING)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .summary(words[1])
                        .adoptLabels(labels)
                        .build();
        return new NotableAlert(last, reason, 1);
    }
}
