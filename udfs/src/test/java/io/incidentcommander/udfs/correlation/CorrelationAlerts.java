// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Alerts to correlate; an alert of a name on a service is always the same alert again. */
final class CorrelationAlerts {
    static final long IDLE = 300_000;
    static final long T0 = 1_700_000_000_000L;

    private CorrelationAlerts() {}

    static CorrelationPolicy policy(double budget, int liveEntries) {
        return new CorrelationPolicy(
                IDLE,
                liveEntries,
                0.01,
                new NoveltyBudget(budget),
                new TierCost(new BigDecimal("100")));
    }

    static CorrelationPolicy policy(double budget, int liveEntries, double outbreaksPerDay) {
        return new CorrelationPolicy(
                IDLE,
                liveEntries,
                0.01,
                new NoveltyBudget(budget),
                new TierCost(new BigDecimal("100")),
                outbreaksPerDay);
    }

    static CorrelationPolicy policy() {
        return policy(1, 10_000);
    }

    static NotableAlert alert(String service, String name, long time) {
        return alert(service, name, time, NotifyReason.NEW);
    }

    static NotableAlert alert(String service, String name, long time, NotifyReason reason) {
        return alert(service, name, time, reason, Severity.HIGH, Map.of());
    }

    static NotableAlert alert(
            String service,
            String name,
            long time,
            NotifyReason reason,
            Severity severity,
            Map<String, String> labels) {
        TreeMap<String, String> identity = new TreeMap<>(Map.of("service", service, "name", name));
        Alert alert =
                Alert.builder()
                        .id(new AlertId("test", service, time, name.hashCode()))
                        .tenant("acme")
                        .format(AlertFormat.CANONICAL)
                        .fingerprint(Fingerprint.of("acme", identity))
                        .name(name)
                        .service(service)
                        .severity(severity)
                        .status(
                                reason == NotifyReason.RESOLVED
                                        ? AlertStatus.RESOLVED
                                        : AlertStatus.FIRING)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .labels(labels)
                        .build();
        return new NotableAlert(alert, reason, 1);
    }
}
