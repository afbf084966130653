// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of this package's values. */
public final class AuditSamples {
    private AuditSamples() {}

    public static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(20).filter(AuditSamples::whole);
    }

    private static boolean whole(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    public static Arbitrary<AlertId> alertIds() {
        return Combinators.combine(texts(), texts(), Arbitraries.longs(), Arbitraries.integers())
                .as(AlertId::new);
    }

    public static Arbitrary<Incident> incidents() {
        Arbitrary<Incident.Builder> identity =
                Combinators.combine(
                                texts(),
                                texts(),
                                Arbitraries.of(IncidentType.class),
                                Arbitraries.of(Severity.class),
                                Arbitraries.of(IncidentState.class),
                                texts().list().ofMaxSize(4),
                                texts(),
                                texts())
                        .as(
                                (id, tenant, type, severity, state, services, title, merged) ->
                                        Incident.builder()
                                                .incidentId(id)
                                                .tenant(tenant)
                                                .type(type)
                                                .severity(severity)
                                                .state(state)
                                                .services(services)
                                                .title(title)
                                                .mergedInto(merged));
        return Combinators.combine(
                        identity,
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.bigDecimals(),
                        Combinators.combine(
                                        Arbitraries.longs().between(0, Long.MAX_VALUE), grounds())
                                .as(Map::entry))
                .as(
                        (b, opened, updated, closed, count, confidence, cost, rest) ->
                                b.openedAtMillis(opened)
                                        .updatedAtMillis(updated)
                                        .grounds(rest.getValue())
                                        .closedAtMillis(closed)
                                        .alertCount(count)
                                        .keptAlerts(count / 2)
                                        .confidence(confidence)
                                        .costUsd(cost)
                                        .sequence(rest.getKey())
                                        .build());
    }

    static Arbitrary<Grounds> grounds() {
        Arbitrary<Grounds> some =
                Combinators.combine(
                                texts().list().ofMaxSize(Grounds.MOST_ORIGINS),
                                Arbitraries.doubles().between(0, 0.5),
                                Arbitraries.doubles().between(0.5, 1),
                                texts().list().ofMaxSize(Grounds.MOST_EVIDENCE))
                        .as(Grounds::new);
        return Arbitraries.oneOf(Arbitraries.just(Grounds.none()), some);
    }

    public static Arbitrary<IncidentEvent> events() {
        return Combinators.combine(
                        incidents(),
                        Arbitraries.of(IncidentEventKind.class),
                        Arbitraries.longs(),
                        texts(),
                        texts(),
                        alertIds().list().ofMaxSize(IncidentEvent.MAX_CAUSING_ALERTS))
                .as(
                        (incident, kind, time, agent, cause, alerts) ->
                                IncidentEvent.of(
                                        incident,
                                        kind,
                                        time,
                                        agent,
                                        cause,
                                        alerts,
                                        ChainHead.GENESIS_HASH));
    }

    /** One event with every field told apart, for tests that compare bytes. */
    public static IncidentEvent event() {
        Incident incident =
                Incident.builder()
                        .incidentId("00112233445566778899aabbccddeeff")
                        .tenant("acme")
                        .type(IncidentType.DATABASE_FAILURE)
                        .severity(Severity.HIGH)
                        .services(List.of("orders", "db"))
                        .state(IncidentState.DIAGNOSING)
                        .openedAtMillis(1_700_000_000_000L)
                        .updatedAtMillis(1_700_000_060_000L)
                        .alertCount(42)
                        .keptAlerts(7)
                        .confidence(0.75)
                        .costUsd(new BigDecimal("2000.50"))
                        .sequence(1)
                        .title("orders fails: db refuses connections")
                        .build();
        return IncidentEvent.of(
                incident,
                IncidentEventKind.OPENED,
                1_700_000_060_000L,
                "lifecycle",
                "first alert",
                List.of(new AlertId("cloudwatch", "shard-0", 17, 0)),
                ChainHead.GENESIS_HASH);
    }
}
