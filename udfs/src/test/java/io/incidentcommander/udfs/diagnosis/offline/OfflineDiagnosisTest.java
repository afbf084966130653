// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.DiagnosisSource.Road;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.diagnosis.prompt.Requests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OfflineDiagnosisTest {
    @Test
    void blamesTheServiceThatTheOthersCallAndCitesWhatSpeaksForIt() {
        Diagnosis diagnosis = of(Requests.usual());

        assertThat(diagnosis.source().road()).isEqualTo(Road.LOGS);
        assertThat(diagnosis.service()).isEqualTo("payments");
        assertThat(diagnosis.action().target()).isEqualTo("payments");
        assertThat(diagnosis.evidence())
                .flatExtracting(EvidenceStep::cites)
                .extracting(Object::toString)
                .containsExactly(
                        "alert:kafka:alerts-0:1:0",
                        "alert:kafka:alerts-0:0:0",
                        "alert:kafka:alerts-0:2:0",
                        "log:t-1");
        assertThat(diagnosis.failures()).isEmpty();
    }

    @Test
    void turnsWithTheCalls() {
        DiagnosisRequest turned =
                Requests.usual().toBuilder()
                        .logs(List.of())
                        .calls(
                                List.of(
                                        ServiceCall.of("payments", "orders"),
                                        ServiceCall.of("checkout", "payments")))
                        .build();

        assertThat(of(turned).service()).isEqualTo("orders");
    }

    @Test
    void takesPatternsWhereCallsAndLogsSayNothing() {
        DiagnosisRequest request =
                Requests.usual().toBuilder().calls(List.of()).logs(List.of()).build();
        Diagnosis diagnosis = of(request);

        assertThat(diagnosis.source()).isEqualTo(DiagnosisSource.patterns("cascade"));
        assertThat(diagnosis.service()).isEqualTo("payments");
        assertThat(diagnosis.failures())
                .extracting(DiagnosisFailure::kind)
                .containsExactly(DiagnosisFailure.Kind.NOTHING_FOUND);
        assertThat(of(request.toBuilder().matches(List.of()).build()).source())
                .isEqualTo(DiagnosisSource.patterns("m-1"));
    }

    @Test
    void takesWhatHelpedBeforeAndNotWhatDidNot() {
        Action first = new Action("restart", "1", "payments", Map.of());
        Action second = new Action("failover", "1", "payments", Map.of());
        DiagnosisRequest request =
                Requests.usual().toBuilder()
                        .candidates(List.of(first, second, Action.ESCALATE))
                        .memories(List.of())
                        .build();
        assertThat(of(request).action()).as("nothing remembered").isEqualTo(first);

        Diagnosis helped = remembering(request, memory("m-2", "failover of payments", 1, 0));
        assertThat(helped.action()).isEqualTo(second);
        assertThat(last(helped.evidence()).claim())
                .isEqualTo(
                        "failover of payments helped 1 of 1 times that it was tried and verified");
        assertThat(last(helped.evidence()).cites()).hasToString("[memory:m-2]");

        Diagnosis failed =
                remembering(
                        request,
                        memory("m-3", "restart of payments", 0, 1),
                        memory("m-4", "restart of payments", 0, 1));
        assertThat(failed.action()).isEqualTo(second);
        assertThat(last(failed.evidence()).claim()).contains("helped 0 of 2 times");
        assertThat(last(failed.evidence()).cites()).hasToString("[memory:m-3, memory:m-4]");

        assertThat(
                        remembering(
                                        request,
                                        memory("m-5", "restart of payments", 0, 1),
                                        memory("m-6", "failover of payments", 1, 2))
                                .action())
                .isEqualTo(Action.ESCALATE);
        assertThat(remembering(request, memory("m-7", "failover of orders", 9, 0)).action())
                .as("of another service")
                .isEqualTo(first);
    }

    @Test
    void whatHelpedAgainstAnotherFailureOrOnAnotherServiceSaysNothing() {
        Action first = new Action("restart", "1", "payments", Map.of());
        Action second = new Action("failover", "1", "payments", Map.of());
        Action elsewhere = new Action("failover", "1", "orders", Map.of());
        DiagnosisRequest request =
                Requests.usual().toBuilder()
                        .candidates(List.of(first, second, elsewhere, Action.ESCALATE))
                        .build();
        String remedy = "failover of payments";

        assertThat(
                        remembering(request, memory("m-2", IncidentType.DDOS, remedy, 9, 0, 0.03))
                                .action())
                .as("another failure")
                .isEqualTo(first);
        assertThat(remembering(request, memory("m-3", "failover of orders", 9, 0)).action())
                .as("another service")
                .isEqualTo(first);
        assertThat(remembering(request, memory("m-4", remedy, 1, 0)).rollbackPlan())
                .isEqualTo("As the runbook failover says.");
        assertThat(
                        remembering(
                                        request,
                                        memory("m-5", "restart of payments", 0, 1),
                                        memory("m-6", remedy, 0, 1))
                                .rollbackPlan())
                .isEmpty();
    }

    @Test
    void ofPatternsTheNewestOfAnAffectedServiceIsTaken() {
        DiagnosisRequest request =
                Requests.usual().toBuilder()
                        .calls(List.of())
                        .logs(List.of())
                        .matches(
                                List.of(
                                        match("older", "payments", 1),
                                        match("newer", "orders", 2),
                                        match("newest", "elsewhere", 3)))
                        .build();

        assertThat(of(request).source()).isEqualTo(DiagnosisSource.patterns("newer"));
    }

    @Test
    void ofMemoriesTheBestIsTakenThatHelpedMoreOftenThanNotAgainstThisFailure() {
        DiagnosisRequest request =
                Requests.usual().toBuilder()
                        .calls(List.of())
                        .logs(List.of())
                        .matches(List.of())
                        .build();
        IncidentType type = IncidentType.DATABASE_FAILURE;
        MemoryHit even = memory("even", type, "restart", 1, 1, 0.9);
        MemoryHit other = memory("other", IncidentType.DDOS, "restart", 1, 0, 0.9);
        MemoryHit good = memory("worse", type, "restart", 2, 1, 0.01);
        MemoryHit best = memory("best", type, "restart", 2, 1, 0.02);

        assertThat(remembering(request, even, other, good, best).source())
                .isEqualTo(DiagnosisSource.patterns("best"));
        assertThat(remembering(request, even).source().road()).isEqualTo(Road.HUMAN);
        assertThat(remembering(request, other).source().road()).isEqualTo(Road.HUMAN);
        assertThat(
                        of(request.toBuilder()
                                        .incident(Requests.incident("checkout", "orders"))
                                        .memories(List.of(best))
                                        .build())
                                .source()
                                .road())
                .as("of a service that is not affected")
                .isEqualTo(Road.HUMAN);
    }

    private static PatternMatch match(String id, String service, long second) {
        return new PatternMatch(
                PatternKind.CASCADE,
                id,
                1,
                "acme",
                service,
                List.of(service),
                Requests.OPENED,
                Requests.OPENED + second * 1_000,
                List.of(),
                service + " fell ill");
    }

    private static Diagnosis remembering(DiagnosisRequest request, MemoryHit... memories) {
        return of(request.toBuilder().memories(List.of(memories)).build());
    }

    private static EvidenceStep last(List<EvidenceStep> evidence) {
        return evidence.get(evidence.size() - 1);
    }

    private static MemoryHit memory(String id, String remedy, int worked, int failed) {
        return memory(id, IncidentType.DATABASE_FAILURE, remedy, worked, failed, 0.03);
    }

    private static MemoryHit memory(
            String id, IncidentType type, String remedy, int worked, int failed, double score) {
        return new MemoryHit(
                id,
                "i" + id,
                type,
                List.of("payments"),
                "pool exhausted",
                "too few connections",
                remedy,
                worked,
                failed,
                score,
                1);
    }

    @Test
    void handsOverToAHumanWhenNothingSpeaksForAnyCause() {
        DiagnosisFailure before =
                new DiagnosisFailure(
                        DiagnosisFailure.Kind.TIMED_OUT, DiagnosisSource.model("m"), "180 s");
        Diagnosis diagnosis =
                OfflineDiagnosis.of(
                        Requests.usual().toBuilder()
                                .calls(List.of())
                                .logs(List.of())
                                .matches(List.of())
                                .memories(List.of())
                                .build(),
                        List.of(before),
                        new Spend(1, 2, 3));

        assertThat(diagnosis.source().road()).isEqualTo(Road.HUMAN);
        assertThat(diagnosis.action()).isEqualTo(Action.ESCALATE);
        assertThat(diagnosis.confidence()).isZero();
        assertThat(diagnosis.failures()).hasSize(3).first().isEqualTo(before);
        assertThat(diagnosis.spend()).isEqualTo(new Spend(1, 2, 3));
        assertThat(diagnosis.evidence()).isNotEmpty();
    }

    /** In any order of its parts, over cycles and calls to oneself, the same and only what was. */
    @Property(tries = 300)
    void endsWithOneAnswerWhateverTheGraph(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int services) {
        Random random = new Random(seed);
        List<Alert> alerts = new ArrayList<>();
        List<ServiceCall> calls = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            alerts.add(Requests.alert(i, "s" + i, random.nextInt(3), "n", "t"));
            calls.add(
                    ServiceCall.of("s" + random.nextInt(services), "s" + random.nextInt(services)));
        }
        DiagnosisRequest request =
                Requests.of(alerts).toBuilder().logs(List.of()).calls(calls).build();
        Diagnosis diagnosis = of(request);
        Collections.shuffle(alerts, random);
        Collections.shuffle(calls, random);

        assertThat(of(request.toBuilder().alerts(alerts).calls(calls).build()))
                .isEqualTo(diagnosis);
        assertThat(request.evidence())
                .containsAll(
                        diagnosis.evidence().stream()
                                .flatMap(step -> step.cites().stream())
                                .toList());
    }

    private static Diagnosis of(DiagnosisRequest request) {
        return OfflineDiagnosis.of(request, List.of(), Spend.NONE);
    }
}
