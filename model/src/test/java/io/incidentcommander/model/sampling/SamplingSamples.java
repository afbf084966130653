// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.audit.AuditSamples;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of this package's values. */
final class SamplingSamples {
    private SamplingSamples() {}

    static Arbitrary<Fingerprint> fingerprints() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Fingerprint::new);
    }

    static Arbitrary<Alert> alerts() {
        Arbitrary<Map<String, String>> labels =
                Arbitraries.maps(AuditSamples.texts(), AuditSamples.texts()).ofMaxSize(3);
        return Combinators.combine(
                        AuditSamples.alertIds(),
                        AuditSamples.texts(),
                        fingerprints(),
                        Arbitraries.of(Severity.class),
                        Arbitraries.of(AlertStatus.class),
                        Arbitraries.longs(),
                        Arbitraries.doubles(),
                        labels)
                .as(
                        (id, text, fingerprint, severity, status, time, value, map) ->
                                Alert.builder()
                                        .id(id)
                                        .tenant(text)
                                        .format(AlertFormat.CANONICAL)
                                        .fingerprint(fingerprint)
                                        .name("n" + text)
                                        .service("s" + text)
                                        .host("h" + text)
                                        .severity(severity)
                                        .status(status)
                                        .eventTimeMillis(time)
                                        .originalTimeMillis(~time)
                                        .summary("y" + text)
                                        .value(value)
                                        .labels(map)
                                        .annotations(map)
                                        .build());
    }

    static Arbitrary<NotableAlert> notables() {
        return Combinators.combine(
                        alerts(),
                        Arbitraries.of(NotifyReason.class),
                        Arbitraries.doubles().between(1, 1e9))
                .as(NotableAlert::new);
    }

    /** Runs of any kind. */
    static Arbitrary<AlertRun> runs() {
        return Combinators.combine(alerts(), AuditSamples.alertIds(), Arbitraries.longs(), bytes())
                .as(
                        (alert, last, number, bytes) ->
                                new AlertRun(
                                        alert.tenant(),
                                        alert.fingerprint(),
                                        alert.severity(),
                                        alert.status(),
                                        number,
                                        number ^ 5,
                                        number ^ 6,
                                        alert.id(),
                                        number ^ 7,
                                        ofSource(alert.id().source(), last),
                                        bytes));
    }

    /** Runs that merge; alerts of the same place and time are the same one, with one encoding. */
    static Arbitrary<List<AlertRun>> mergeableRuns(int size) {
        Arbitrary<AlertId> ids =
                Combinators.combine(
                                Arbitraries.of("p0", "p1", "p10"),
                                Arbitraries.longs().between(0, 3),
                                Arbitraries.integers().between(0, 1))
                        .as(
                                (partition, offset, index) ->
                                        new AlertId("s", partition, offset, index));
        Arbitrary<Long> times = Arbitraries.longs().between(500, 502);
        return Combinators.combine(times, ids, times, ids, Arbitraries.longs().between(1, 9))
                .as(SamplingSamples::mergeable)
                .list()
                .ofSize(size);
    }

    private static AlertRun mergeable(
            long firstMillis, AlertId firstId, long lastMillis, AlertId lastId, long count) {
        return new AlertRun(
                "acme",
                new Fingerprint(1, 2),
                Severity.HIGH,
                AlertStatus.FIRING,
                500,
                count,
                firstMillis,
                firstId,
                lastMillis,
                lastId,
                (firstMillis + firstId.toString())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    }

    private static AlertId ofSource(String source, AlertId id) {
        return new AlertId(source, id.partition(), id.offset(), id.index());
    }
}
