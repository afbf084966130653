// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import static io.incidentcommander.udfs.correlation.CorrelationAlerts.T0;
import static io.incidentcommander.udfs.correlation.CorrelationAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.correlation.CorrelationSnapshot.CorrelationSnapshotCodec;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.detection.PartialData.Vendor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What correlation hears beside alerts becomes part of what incidents are held to be. */
class CorrelationNewsTest {
    private static final List<SourceExpectation> CLOUDWATCH_AND_ANOTHER =
            List.of(
                    new SourceExpectation("cw", Vendor.CLOUDWATCH, 60_000),
                    new SourceExpectation("other", Vendor.OTHER, 60_000),
                    new SourceExpectation("third", Vendor.OTHER, 60_000));

    private TenantCorrelation correlation =
            new TenantCorrelation(CorrelationAlerts.policy(), CorrelationSnapshot.empty());
    private final List<IncidentEvent> events = new ArrayList<>();

    @Test
    void aPatternOfAnOpenIncidentIsEvidenceAndToldOfOnce() {
        take("orders", "slow", 0);
        match(PatternKind.STORM, 5_000, "orders");
        match(PatternKind.STORM, 6_000, "orders");
        match(PatternKind.FLAPPING, 7_000, "orders");

        assertThat(events)
                .extracting(IncidentEvent::kind)
                .containsExactly(
                        IncidentEventKind.OPENED,
                        IncidentEventKind.UPDATED,
                        IncidentEventKind.UPDATED);
        assertThat(events.get(1).cause()).startsWith("pattern storm v1: seen on orders");
        assertThat(last().grounds().evidence())
                .contains(
                        "pattern storm v1: seen on orders, 6",
                        "pattern flapping v1: seen on orders, 7");
        assertThat(last().alertCount()).as("a pattern is no alert").isEqualTo(1);
        assertThat(IncidentEventChain.verify(events)).as("whole chain").isEmpty();
    }

    @Test
    void aPatternOfAServiceThatShowsNothingIsNoEvidence() {
        take("orders", "slow", 0);
        match(PatternKind.STORM, 5_000, "search", "orders");

        assertThat(events).hasSize(1);
        take("cart", "slow", 400_000);
        assertThat(last().grounds().evidence()).noneMatch(line -> line.startsWith("pattern"));
    }

    @Test
    void aLeakSeenBeforeTheFirstAlertSaysWhatTheIncidentIs() {
        match(PatternKind.SLOW_LEAK, 0, "orders");
        take("orders", "something is wrong", 60_000);

        assertThat(last().type()).isEqualTo(IncidentType.RESOURCE_EXHAUSTION);
        assertThat(last().grounds().evidence())
                .contains("patterns speak of resource exhaustion")
                .anyMatch(line -> line.startsWith("pattern slow_leak v1"));
    }

    @Test
    void aPatternThatAgreesWithTheAlertsMakesSurer() {
        take("orders", "disk full", 0);
        Incident before = last();
        match(PatternKind.SLOW_LEAK, 5_000, "orders");

        assertThat(last().type()).isEqualTo(before.type());
        assertThat(last().confidence()).isGreaterThan(before.confidence());
        assertThat(last().grounds().confidenceLow())
                .isGreaterThan(before.grounds().confidenceLow());
        assertThat(width(last())).as("a trial more").isLessThan(width(before));
    }

    private static double width(Incident incident) {
        return incident.grounds().confidenceHigh() - incident.grounds().confidenceLow();
    }

    @Test
    void aPatternIsForgottenInTime() {
        match(PatternKind.SLOW_LEAK, 0, "orders");
        take("orders", "something is wrong", PatternMemory.MEMORY_MILLIS + 1);

        assertThat(last().type()).isEqualTo(IncidentType.UNKNOWN);
    }

    @Test
    void aCascadeSaysWhereItBegan() {
        take("db", "slow", 0);
        take("api", "slow", 1_000);
        List<String> before = last().grounds().origins();
        match(PatternKind.CASCADE, 4_000, "api", "db");

        assertThat(before).first().isEqualTo("db");
        assertThat(last().grounds().origins()).first().isEqualTo("api");
    }

    @Test
    void whatWasResolvedAndIsBackIsARecurrence() {
        take("orders", "disk full", 0);
        take("orders", "disk full", 3_600_000);

        assertThat(events.get(2).kind()).isEqualTo(IncidentEventKind.REOPENED);
        assertThat(last().grounds().evidence())
                .anyMatch(
                        line ->
                                line.startsWith(
                                                "pattern recurrence v2: resource_exhaustion of"
                                                        + " orders")
                                        && line.endsWith("after it was resolved"));
    }

    @Test
    void anExpectedSourceThatIsSilentMakesLessSure() {
        Incident whole = opened(List.of());
        Incident heard = opened(CLOUDWATCH_AND_ANOTHER, "cw", "other", "third");
        Incident silent = opened(CLOUDWATCH_AND_ANOTHER, "other", "third");

        assertThat(heard.confidence()).isEqualTo(whole.confidence());
        assertThat(heard.grounds()).isEqualTo(whole.grounds());
        assertThat(silent.confidence()).isEqualTo(Math.max(0.1, whole.confidence() - 0.3));
        assertThat(silent.grounds().confidenceHigh()).isLessThan(whole.grounds().confidenceHigh());
        assertThat(silent.grounds().evidence())
                .contains(
                        "data is missing, so less sure: nothing of CloudWatch (cw silent for 70"
                                + " s)");
    }

    @Test
    void aSourceThatBringsNonsenseIsDegraded() {
        correlation.expect("acme", CLOUDWATCH_AND_ANOTHER, T0);
        for (String source : List.of("other", "third")) {
            correlation.take(new SourceReport("acme", source, T0 + 10_000, T0 + 10_000, 5, 0));
        }
        correlation.take(new SourceReport("acme", "cw", T0 + 10_000, T0 + 10_000, 40, 20));
        take("orders", "disk full", 11_000);

        assertThat(last().grounds().evidence())
                .contains(
                        "data is missing, so less sure: nothing of CloudWatch (cw degraded, 20 of"
                                + " its last 40 records could not be read)");
    }

    @Test
    void onlyWhatAPatternAddsIsJudged() {
        take("orders", "something is wrong", 0);
        match(PatternKind.STORM, 1_000, "orders");
        int told = events.size();
        Incident judged = last();
        match(PatternKind.STORM, 2_000, "orders");
        assertThat(events).as("more of the same is no news").hasSize(told);

        match(PatternKind.SLOW_LEAK, 3_000, "orders");
        assertThat(events).hasSize(told + 1);
        assertThat(last().type()).isNotEqualTo(judged.type());
        assertThat(last().grounds().evidence())
                .anyMatch(line -> line.contains("seen on orders, 2"))
                .noneMatch(line -> line.contains("seen on orders, 1"));
    }

    @Test
    void patternsAndSourcesOutliveARestore() throws IOException {
        correlation.expect("acme", CLOUDWATCH_AND_ANOTHER, T0);
        correlation.take(new SourceReport("acme", "other", T0, T0 + 65_000, 5, 0));
        correlation.take(new SourceReport("acme", "third", T0, T0 + 65_000, 5, 0));
        match(PatternKind.SLOW_LEAK, 0, "orders");
        CorrelationSnapshot snapshot = again(correlation.snapshot());
        assertThat(snapshot).isEqualTo(correlation.snapshot());
        correlation = new TenantCorrelation(CorrelationAlerts.policy(), snapshot);
        correlation.expect("acme", CLOUDWATCH_AND_ANOTHER, T0 + 70_000);
        take("orders", "something is wrong", 70_000);

        assertThat(last().type()).isEqualTo(IncidentType.RESOURCE_EXHAUSTION);
        assertThat(last().grounds().evidence())
                .anyMatch(line -> line.contains("cw silent for 70 s"));
    }

    /** Of a tenant that hears from these until a minute and ten seconds after it began. */
    private Incident opened(List<SourceExpectation> expected, String... heard) {
        events.clear();
        correlation =
                new TenantCorrelation(CorrelationAlerts.policy(), CorrelationSnapshot.empty());
        correlation.expect("acme", expected, T0);
        for (String source : heard) {
            correlation.take(new SourceReport("acme", source, T0, T0 + 60_000, 5, 0));
        }
        correlation.take(new SourceReport("acme", "never configured", T0, T0, 1, 1));
        take("orders", "disk full", 70_000);
        return last();
    }

    private void take(String service, String name, long at) {
        events.addAll(
                correlation
                        .take(
                                alert(
                                        service,
                                        name,
                                        T0 + at,
                                        NotifyReason.NEW,
                                        Severity.CRITICAL,
                                        Map.of()))
                        .events());
    }

    private void match(PatternKind kind, long at, String... services) {
        PatternMatch match =
                new PatternMatch(
                        kind,
                        kind.word(),
                        1,
                        "acme",
                        services[0],
                        List.of(services),
                        T0 + at - 1_000,
                        T0 + at,
                        List.of(),
                        "seen on " + services[0] + ", " + at / 1000);
        events.addAll(correlation.take(match));
    }

    private Incident last() {
        return events.get(events.size() - 1).incident();
    }

    private static CorrelationSnapshot again(CorrelationSnapshot snapshot) throws IOException {
        CorrelationSnapshotCodec codec = new CorrelationSnapshotCodec();
        DataOutputSerializer out = new DataOutputSerializer(256);
        codec.write(snapshot, out);
        return codec.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
