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
import java.util.HashMap;
import java.util.Map;

/** Alerts of tenant {@code acme} by their labels; the fingerprint is of the labels. */
public final class ControlAlerts {
    private ControlAlerts() {}

    /** Labels as name, value, name, value. */
    public static Alert alert(AlertStatus status, long millis, String... labels) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        Fingerprint fingerprint = new Fingerprint(map.hashCode(), 1);
        return Alert.builder()
                .id(new AlertId("prom", "p0", millis, Math.floorMod(map.hashCode(), 1_000_000)))
                .tenant("acme")
                .format(AlertFormat.ALERTMANAGER)
                .fingerprint(fingerprint)
                .name(map.getOrDefault("alertname", "unnamed"))
                .service(map.getOrDefault("service", "unknown"))
                .severity(Severity.HIGH)
                .status(status)
                .eventTimeMillis(millis)
                .originalTimeMillis(millis)
                .labels(map)
                .build();
    }

    public static NotableAlert fires(long millis, String... labels) {
        return new NotableAlert(alert(AlertStatus.FIRING, millis, labels), NotifyReason.NEW, 1);
    }

    public static NotableAlert resolves(long millis, String... labels) {
        return new NotableAlert(
                alert(AlertStatus.RESOLVED, millis, labels), NotifyReason.RESOLVED, 1);
    }
}
