// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Alerts of few fingerprints from two sources of three partitions, each with an id of its own. */
final class SampleAlerts {
    static final Slices SLICES = new Slices(500);

    private SampleAlerts() {}

    /** Times in three clusters, so that some alerts follow at once and others after a silence. */
    static Arbitrary<List<Alert>> sequences() {
        Arbitrary<Long> times =
                Combinators.combine(
                                Arbitraries.of(0L, 0L, 2_500L, 40_000L),
                                Arbitraries.longs().between(0, 1_200))
                        .as(Long::sum);
        Arbitrary<Alert> alerts =
                Combinators.combine(
                                Arbitraries.integers().between(1, 2),
                                Arbitraries.of("cloudwatch", "datadog"),
                                Arbitraries.of("p0", "p1", "p2"),
                                Arbitraries.of(Severity.LOW, Severity.HIGH, Severity.CRITICAL),
                                Arbitraries.of(
                                        AlertStatus.FIRING,
                                        AlertStatus.FIRING,
                                        AlertStatus.RESOLVED,
                                        AlertStatus.NO_DATA),
                                times)
                        .as(SampleAlerts::alert);
        return alerts.list().ofMinSize(1).ofMaxSize(40).map(SampleAlerts::numbered);
    }

    static Alert alert(
            int fingerprint,
            String source,
            String partition,
            Severity severity,
            AlertStatus status,
            long time) {
        return Alert.builder()
                .id(new AlertId(source, partition, 0, 0))
                .tenant("acme")
                .format(AlertFormat.CANONICAL)
                .fingerprint(new Fingerprint(fingerprint, 7))
                .name("disk full")
                .service("orders")
                .severity(severity)
                .status(status)
                .eventTimeMillis(time)
                .originalTimeMillis(time)
                .build();
    }

    /** A run of one source and partition. */
    static AlertRun run(Severity severity, AlertStatus status, long count, long from, long to) {
        Alert first = alert(1, "cloudwatch", "p0", severity, status, from);
        return new AlertRun(
                first.tenant(),
                first.fingerprint(),
                severity,
                status,
                SLICES.startOf(from),
                count,
                from,
                new AlertId("cloudwatch", "p0", from, 0),
                to,
                new AlertId("cloudwatch", "p0", to, 0),
                encode(first));
    }

    static byte[] encode(Alert alert) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            new Alert.AlertCodec().write(alert, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Alert> numbered(List<Alert> alerts) {
        List<Alert> numbered = new ArrayList<>();
        for (int i = 0; i < alerts.size(); i++) {
            Alert alert = alerts.get(i);
            AlertId id = new AlertId(alert.id().source(), alert.id().partition(), i / 2, i % 2);
            numbered.add(alert.toBuilder().id(id).build());
        }
        return numbered;
    }
}
