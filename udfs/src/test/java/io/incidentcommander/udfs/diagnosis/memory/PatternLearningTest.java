// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.diagnosis.prompt.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternLearningTest {
    private static final long LATER = Requests.OPENED + 600_000;

    private final DiagnosisRequest request = Requests.usual();
    private final Action restart = request.candidates().get(1);

    @Test
    void whatHelpedIsLearnedWithHowItLookedAndWhy() {
        IncidentPattern pattern = learned(right(restart));

        assertThat(pattern.tenant()).isEqualTo("acme");
        assertThat(pattern.incidentId()).isEqualTo(request.incident().incidentId());
        assertThat(pattern.type()).isEqualTo(IncidentType.DATABASE_FAILURE);
        assertThat(pattern.services()).containsExactly("checkout", "orders", "payments");
        assertThat(pattern.symptoms())
                .contains("5xx above 3 %", "pool exhausted", "no connection within <*> ms");
        assertThat(pattern.rootCause()).isEqualTo("payments: too few connections for [email-1]");
        assertThat(pattern.remedy()).isEqualTo("restart of payments");
        assertThat(pattern.worked()).isTrue();
        assertThat(pattern.learnedAtMillis()).isEqualTo(LATER);
    }

    @Test
    void whatADiagnosisHoldsItToBeIsNotHowItWillLookTheNextTime() {
        Diagnosis another =
                diagnosis().toBuilder().type(IncidentType.DEPLOYMENT_REGRESSION).build();

        IncidentPattern pattern =
                PatternLearning.of(request, another, right(restart)).orElseThrow();

        assertThat(pattern.type()).isEqualTo(request.incident().type());
        assertThat(pattern.text()).startsWith(MemoryTexts.query(request).text());
    }

    @Test
    void whatDidNotHelpIsLearnedAsThat() {
        assertThat(learned(wrong(restart)).worked()).isFalse();
        assertThat(learned(wrong(restart)).patternId())
                .isNotEqualTo(learned(right(restart)).patternId());
    }

    @Test
    void theSameOutcomeTwiceIsTheSamePattern() {
        assertThat(learned(right(restart)).patternId())
                .isEqualTo(learned(right(restart)).patternId());
    }

    @Test
    void aMemoryOfWhatItCitesIsNoNewsToThat() {
        List<MemoryHit> hits =
                List.of(
                        hit("m-1", "later"),
                        hit("m-2", "not cited"),
                        hit("m-3", "earlier"),
                        hit("m-4", "earlier"));
        Diagnosis asBefore =
                diagnosis().toBuilder()
                        .rootCause(PatternLearning.AS_BEFORE + "payments: the pool")
                        .evidence(
                                List.of(
                                        new EvidenceStep(
                                                "so",
                                                List.of(
                                                        hits.get(0).ref(),
                                                        hits.get(2).ref(),
                                                        hits.get(3).ref()))))
                        .recollection(new Recollection(Recollection.Extent.WHOLE, hits, ""))
                        .build();
        IncidentPattern pattern =
                PatternLearning.of(request, asBefore, right(restart)).orElseThrow();

        assertThat(pattern.derivedFrom()).containsExactly("earlier", "later");
        assertThat(pattern.rootCause()).as("said once").isEqualTo("payments: the pool");
        assertThat(learned(right(restart)).derivedFrom()).isEmpty();
    }

    private static MemoryHit hit(String id, String incident) {
        return new MemoryHit(
                id,
                incident,
                IncidentType.DATABASE_FAILURE,
                List.of("payments"),
                "pool exhausted",
                "the pool",
                "restart of payments",
                1,
                0,
                0.03,
                1);
    }

    @Test
    void nothingIsLearnedWhereNothingWasDoneOrNobodyKnowsWhat() {
        Action unknown = new Action("reboot", "1", "moon", Map.of());
        for (Action action : List.of(Action.ESCALATE, Action.NO_ACTION, unknown)) {
            assertThat(PatternLearning.of(request, diagnosis(), right(action))).isEmpty();
        }
    }

    @Test
    void whatIsLookedForIsToldLikeWhatIsLearnedAndNeverOfTheIncidentItself() {
        MemoryQuery query = MemoryTexts.query(request);

        assertThat(query.tenant()).isEqualTo("acme");
        assertThat(query.incidentId()).isEqualTo(request.incident().incidentId());
        assertThat(query.count()).isEqualTo(5);
        assertThat(query.text()).contains(learned(right(restart)).symptoms());
        assertThat(learned(right(restart)).text()).startsWith(query.text());
    }

    @Test
    void textsAreBoundedAndHoldNoSecretAlsoAtTheirEnd() {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            alerts.add(
                    Requests.alert(
                            i,
                            "checkout",
                            i,
                            "Alert" + i,
                            "x".repeat(i) + " password=hunter2" + i));
        }
        String text = MemoryTexts.query(Requests.of(alerts)).text();

        assertThat(text).doesNotContain("hunter");
        assertThat(text.length()).isLessThan(1_100);
    }

    private IncidentPattern learned(VerifiedOutcome outcome) {
        return PatternLearning.of(request, diagnosis(), outcome).orElseThrow();
    }

    private VerifiedOutcome right(Action action) {
        return VerifiedOutcome.right(
                "acme", request.incident().incidentId(), 1, action.id(), LATER);
    }

    private VerifiedOutcome wrong(Action action) {
        return VerifiedOutcome.wrong(
                "acme", request.incident().incidentId(), 1, action.id(), LATER);
    }

    private Diagnosis diagnosis() {
        return Diagnosis.answering(request)
                .service("payments")
                .type(IncidentType.DATABASE_FAILURE)
                .rootCause("too few connections for jo@example.com")
                .confidence(0.8)
                .build();
    }
}
