// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.Map;

/** Alerts of tenant {@code acme}, for tests of detection. */
final class DetectionAlerts {
    private DetectionAlerts() {}

    static NotableAlert alert(String service, String name, Severity severity, long time) {
        return alert(service, name, "", severity, time);
    }

    static NotableAlert alert(
            String service, String name, String summary, Severity severity, long time) {
        return new NotableAlert(
                Alert.builder()
                        .id(new AlertId("kafka", "p0", time, 0))
                        .tenant("acme")
                        .format(AlertFormat.CANONICAL)
                        .fingerprint(
                                Fingerprint.of(
                                        "acme", new java.util.TreeMap<>(Map.of(service, name))))
                        .name(name)
                        .service(service)
                        .severity(severity)
                        .status(AlertStatus.FIRING)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .summary(summary)
                        .build(),
                NotifyReason.NEW,
                1);
    }
}
