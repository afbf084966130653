// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Alerts of tenant {@code acme} from one partition, their offsets being their times. */
public final class Alerts {
    public static final long SLICE_MILLIS = 500;

    private Alerts() {}

    public static Alert alert(
            int fingerprint, String service, Severity severity, AlertStatus status, long time) {
        return Alert.builder()
                .id(new AlertId("kafka", "p0", time, fingerprint))
                .tenant("acme")
                .format(AlertFormat.CANONICAL)
                .fingerprint(new Fingerprint(fingerprint, 7))
                .name("disk full")
                .service(service)
                .severity(severity)
                .status(status)
                .eventTimeMillis(time)
                .originalTimeMillis(time)
                .build();
    }

    public static NotableAlert notable(
            int fingerprint, String service, Severity severity, long time) {
        return new NotableAlert(
                alert(fingerprint, service, severity, AlertStatus.FIRING, time),
                NotifyReason.NEW,
                1);
    }

    /** A run of one alert. */
    public static AlertRun run(int fingerprint, Severity severity, AlertStatus status, long time) {
        return run(fingerprint, severity, status, time, time, 1);
    }

    public static AlertRun run(
            int fingerprint, Severity severity, AlertStatus status, long from, long to, long n) {
        Alert first = alert(fingerprint, "orders", severity, status, from);
        return new AlertRun(
                first.tenant(),
                first.fingerprint(),
                severity,
                status,
                Math.floorDiv(from, SLICE_MILLIS) * SLICE_MILLIS,
                n,
                from,
                first.id(),
                to,
                new AlertId("kafka", "p0", to, fingerprint),
                encode(first));
    }

    private static byte[] encode(Alert alert) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            new Alert.AlertCodec().write(alert, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
