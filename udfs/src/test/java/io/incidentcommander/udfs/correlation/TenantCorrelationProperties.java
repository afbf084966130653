// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import static io.incidentcommander.udfs.correlation.CorrelationAlerts.T0;
import static io.incidentcommander.udfs.correlation.CorrelationAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Whatever comes: chains hold, every alert is counted once, and a restore changes nothing. */
class TenantCorrelationProperties {
    private static final Topology TOPOLOGY =
            Topology.of(
                    List.of(
                            ServiceCall.of("a", "b"),
                            ServiceCall.of("b", "c"),
                            ServiceCall.of("d", "c"),
                            ServiceCall.of("c", "a"),
                            ServiceCall.of("x", "y")));

    @Property(tries = 300)
    void aRestoreChangesNothing(
            @ForAll("histories") List<NotableAlert> alerts,
            @ForAll @IntRange(max = 60) int at,
            @ForAll @IntRange(min = 3, max = 40) int live)
            throws IOException {
        CorrelationPolicy policy = CorrelationAlerts.policy(1, live);
        TenantCorrelation uninterrupted =
                new TenantCorrelation(policy, CorrelationSnapshot.empty());
        TenantCorrelation restored = new TenantCorrelation(policy, CorrelationSnapshot.empty());
        uninterrupted.topology(TOPOLOGY);
        restored.topology(TOPOLOGY);
        for (int i = 0; i < alerts.size(); i++) {
            if (i == at) {
                restored = new TenantCorrelation(policy, again(restored.snapshot()));
                restored.topology(TOPOLOGY);
            }
            Assignment expected = uninterrupted.take(alerts.get(i));
            Assignment actual = restored.take(alerts.get(i));
            assertThat(actual.reason()).isEqualTo(expected.reason());
            assertThat(actual.incidentId()).isEqualTo(expected.incidentId());
            assertThat(actual.events()).isEqualTo(expected.events());
        }
        assertThat(restored.advance(Long.MAX_VALUE))
                .isEqualTo(uninterrupted.advance(Long.MAX_VALUE));
    }

    @Test
    void anIncidentThatWasTakenOverIsNotOpenedAgainUnderItsId() throws IOException {
        List<NotableAlert> alerts =
                List.of(
                        alert("a", "disk full", T0),
                        alert("a", "login", T0),
                        alert("a", "login", T0, NotifyReason.RESUMED),
                        alert("b", "disk full", T0),
                        alert("a", "disk full", T0, NotifyReason.RESUMED),
                        alert("a", "disk full", T0));

        for (int at = 0; at < alerts.size(); at++) {
            aRestoreChangesNothing(alerts, at, 3);
        }
        chainsHoldAndEveryAlertIsCountedInAnIncidentThatStands(alerts);
    }

    @Property(tries = 300)
    void chainsHoldAndEveryAlertIsCountedInAnIncidentThatStands(
            @ForAll("histories") List<NotableAlert> alerts) {
        TenantCorrelation correlation =
                new TenantCorrelation(CorrelationAlerts.policy(), CorrelationSnapshot.empty());
        correlation.topology(TOPOLOGY);
        List<IncidentEvent> events = new ArrayList<>();
        List<String> of = new ArrayList<>();
        for (NotableAlert alert : alerts) {
            Assignment assignment = correlation.take(alert);
            events.addAll(assignment.events());
            assignment.incidentId().ifPresent(of::add);
            assertThat(assignment.disposition()).isNotEqualTo(Disposition.SAMPLED_OUT);
        }
        events.addAll(correlation.advance(Long.MAX_VALUE));

        Map<String, Incident> last = new HashMap<>();
        events.forEach(event -> last.put(event.incidentId(), event.incident()));
        events.stream()
                .collect(Collectors.groupingBy(IncidentEvent::incidentId))
                .values()
                .forEach(chain -> assertThat(IncidentEventChain.verify(chain)).isEmpty());
        assertThat(last.values()).allMatch(Incident::isClosed);
        assertThat(
                        last.values().stream()
                                .filter(incident -> incident.mergedInto().isEmpty())
                                .mapToLong(Incident::keptAlerts)
                                .sum())
                .isEqualTo(of.stream().filter(last::containsKey).count());
        assertThat(correlation.liveEntries()).isZero();
    }

    @Property(tries = 200)
    void noMoreIsKeptThanTheBudgetAllowsAtAnyTime(
            @ForAll @IntRange(min = 1, max = 30) int kinds,
            @ForAll @IntRange(min = 1, max = 40) int repeats) {
        double share = 0.01;
        TenantCorrelation correlation =
                new TenantCorrelation(
                        CorrelationAlerts.policy(share, 10_000), CorrelationSnapshot.empty());
        long seen = 0;
        long kept = 0;
        for (int i = 0; i < 600; i++) {
            correlation.seen(T0 + i * 400_000L, repeats);
            seen += repeats;
            Assignment assignment =
                    correlation.take(alert("s" + i % kinds, "n" + i % kinds, T0 + i * 400_000L));
            kept += assignment.disposition() == Disposition.SAMPLED_OUT ? 0 : 1;
            assertThat(kept).isLessThanOrEqualTo((long) Math.max(100, share * seen));
        }
    }

    @Provide
    Arbitrary<List<NotableAlert>> histories() {
        Arbitrary<Long> gaps =
                Arbitraries.of(0L, 0L, 400L, 3_000L, 40_000L, 301_000L, 4_000_000L, 90_000_000L);
        Arbitrary<Step> steps =
                Combinators.combine(
                                Arbitraries.of("a", "b", "c", "d", "x", "y", "z"),
                                Arbitraries.of("disk full", "slow", "login"),
                                gaps,
                                Arbitraries.of(NotifyReason.values()),
                                Arbitraries.of(Severity.values()),
                                Arbitraries.of("", "v1", "v2"))
                        .as(Step::new);
        return steps.list()
                .ofMinSize(1)
                .ofMaxSize(60)
                .map(
                        all -> {
                            List<NotableAlert> alerts = new ArrayList<>();
                            long time = T0;
                            for (Step step : all) {
                                time += step.gap;
                                alerts.add(
                                        alert(
                                                step.service,
                                                step.name,
                                                time,
                                                step.reason,
                                                step.severity,
                                                step.label.isEmpty()
                                                        ? Map.of()
                                                        : Map.of("volume", step.label)));
                            }
                            return alerts;
                        });
    }

    private static CorrelationSnapshot again(CorrelationSnapshot snapshot) throws IOException {
        CorrelationSnapshot.CorrelationSnapshotCodec codec =
                new CorrelationSnapshot.CorrelationSnapshotCodec();
        DataOutputSerializer out = new DataOutputSerializer(1024);
        codec.write(snapshot, out);
        CorrelationSnapshot read = codec.read(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(read).isEqualTo(snapshot);
        return read;
    }

    private record Step(
            String service,
            String name,
            long gap,
            NotifyReason reason,
            Severity severity,
            String label) {}
}
