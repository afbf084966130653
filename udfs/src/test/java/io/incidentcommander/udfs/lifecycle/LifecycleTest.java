// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final long SECOND = 1_000;

    private final Lifecycle lifecycle =
            new Lifecycle(
                    LifecyclePolicy.defaults(), IncidentCost.supporting(new BigDecimal("60")));
    private Optional<IncidentCourse> course = Optional.empty();
    private LifecycleStep last;

    @Test
    void theWholeRoadEndsWithTheValidationAndStopsBothClocks() {
        open();
        at(10, LifecycleSignal.DEADLINE);
        assertThat(last.wishes())
                .extracting(LifecycleWish::kind)
                .containsExactly(LifecycleWish.Kind.DIAGNOSE);
        at(40, LifecycleSignal.DIAGNOSED);
        at(70, LifecycleSignal.ACTION_DECIDED);
        assertThat(last.wishes())
                .containsExactly(new LifecycleWish(LifecycleWish.Kind.ACT, 1, T0 + 670 * SECOND));
        at(100, LifecycleSignal.ACTION_DONE);
        at(120, LifecycleSignal.VALIDATED);

        assertThat(incident().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last.events().get(0).kind()).isEqualTo(IncidentEventKind.CLOSED);
        assertThat(SlaClock.timeToRepairMillis(incident())).hasValue(120 * SECOND);
        assertThat(incident().costUsd()).isEqualByComparingTo("120.00");
        at(86_520, LifecycleSignal.DEADLINE);
        assertThat(course).isEmpty();
    }

    @Test
    void whatComesBackIsOpenedAgainOnceAndGoesToAHumanTheSecondTime() {
        toResolved(0);
        at(400, LifecycleSignal.RETURNED);
        assertThat(incident().state()).isEqualTo(IncidentState.DETECTED);
        assertThat(last.events().get(0).kind()).isEqualTo(IncidentEventKind.REOPENED);
        assertThat(course.orElseThrow().attempt()).isEqualTo(2);
        assertThat(SlaClock.timeToRepairMillis(incident())).isEmpty();
        toResolvedFrom(400, 2);
        assertThat(incident().costUsd()).isEqualByComparingTo("240.00");
        assertThat(SlaClock.timeToRepairMillis(incident())).hasValue(520 * SECOND);
        at(900, LifecycleSignal.RETURNED);
        assertThat(incident().state()).isEqualTo(IncidentState.ESCALATED);
        assertThat(last.wishes())
                .extracting(LifecycleWish::kind)
                .containsExactly(LifecycleWish.Kind.CALL_HUMAN);
    }

    @Test
    void alertsThatTrailBehindAResolutionDoNotOpenItAgain() {
        toResolved(0);
        apply(
                LifecycleFact.seen(
                        LifecycleSignal.UPDATED,
                        seen(Severity.HIGH, 9),
                        T0 + 150 * SECOND,
                        "late"));
        assertThat(incident().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(incident().alertCount()).isEqualTo(9);
        apply(
                LifecycleFact.seen(
                        LifecycleSignal.UPDATED,
                        seen(Severity.HIGH, 12),
                        T0 + 250 * SECOND,
                        "more"));
        assertThat(incident().state()).isEqualTo(IncidentState.DETECTED);
    }

    @Test
    void aDiagnosisAfterItsTimeFindsTheDecisionBegunByEventTimeAlone() {
        open();
        at(10, LifecycleSignal.DEADLINE);
        at(200, LifecycleSignal.DIAGNOSED);

        assertThat(last.events()).hasSize(2);
        assertThat(incident().state()).isEqualTo(IncidentState.DECIDING);
        assertThat(course.orElseThrow().phaseSinceMillis()).isEqualTo(T0 + 190 * SECOND);
    }

    @Test
    void aPhaseThatEndsWithoutAnAnswerNamesTheRolesThatItWaitedForAndTheirTimes() {
        open();
        at(10, LifecycleSignal.DEADLINE);
        at(190, LifecycleSignal.DEADLINE);
        assertThat(last.events().get(0).cause())
                .contains(
                        "diagnosing for 180 s; nothing was heard, of those who have diagnosis 180"
                                + " s");
        at(340, LifecycleSignal.DEADLINE);
        assertThat(last.events().get(0).cause())
                .contains(
                        "deciding for 150 s; nothing was heard, of those who have detection 60 s,"
                                + " diagnosis 120 s, prediction 90 s, resolution 120 s");
        at(1240, LifecycleSignal.DEADLINE);
        assertThat(last.events().get(0).cause()).endsWith("escalated for 900 s");
    }

    @Test
    void noPhaseIsShorterThanTheRoleThatMayTakeLongestInIt() {
        LifecyclePolicy slow =
                LifecyclePolicy.of(
                        new RoundPolicy(
                                0.7, 0.6, 3, 3, 90_000, Map.of(AgentRole.DIAGNOSIS, 400_000L)));
        assertThat(slow.longestMillis(IncidentState.DIAGNOSING)).isEqualTo(400_000);
        assertThat(slow.longestMillis(IncidentState.DECIDING)).isEqualTo(120_000);
        assertThat(LifecyclePolicy.defaults().longestMillis(IncidentState.DIAGNOSING))
                .isEqualTo(180_000);
        assertThat(LifecyclePolicy.defaults().longestMillis(IncidentState.DECIDING))
                .isEqualTo(150_000);
    }

    @Test
    void aHumanWhoTakesOverStopsTheActionAndCanGiveItBack() {
        open();
        at(10, LifecycleSignal.DEADLINE);
        at(20, LifecycleSignal.DIAGNOSED);
        at(30, LifecycleSignal.ACTION_DECIDED);
        at(40, LifecycleSignal.TAKEN_OVER);
        assertThat(last.wishes())
                .extracting(LifecycleWish::kind)
                .containsExactly(LifecycleWish.Kind.STOP_ACTION, LifecycleWish.Kind.CALL_HUMAN);
        assertThat(course.orElseThrow().owner()).isEqualTo("ada");
        at(50, LifecycleSignal.HANDED_BACK);
        assertThat(incident().state()).isEqualTo(IncidentState.DIAGNOSING);
        assertThat(course.orElseThrow().attempt()).isEqualTo(2);
        apply(
                LifecycleFact.of(
                        "acme",
                        "00",
                        LifecycleSignal.ACTION_DONE,
                        T0 + 60 * SECOND,
                        1,
                        "resolution",
                        ""));
        assertThat(last.refusal().orElseThrow().why()).isEqualTo("of attempt 1, now is 2");
    }

    @Test
    void theSeverityThatAHumanSetStands() {
        open();
        apply(fact(5, LifecycleSignal.SEVERITY_SET).withSeverity(Severity.LOW));
        apply(
                LifecycleFact.seen(
                        LifecycleSignal.UPDATED,
                        seen(Severity.CRITICAL, 50),
                        T0 + 8 * SECOND,
                        "grew"));

        assertThat(incident().severity()).isEqualTo(Severity.LOW);
        assertThat(incident().alertCount()).isEqualTo(50);
    }

    @Test
    void nobodyWhoAnswersIsRemindedFiveTimesThenItIsLeft() {
        open();
        at(5, LifecycleSignal.TAKEN_OVER);
        int calls = 0;
        while (course.isPresent()) {
            apply(
                    LifecycleFact.of(
                            "acme",
                            "00",
                            LifecycleSignal.DEADLINE,
                            course.get().deadlineMillis(),
                            0,
                            "timer",
                            ""));
            calls += last.wishes().size();
        }
        assertThat(calls).isEqualTo(5);
        assertThat(last.events().get(0).kind()).isEqualTo(IncidentEventKind.CLOSED);
        assertThat(last.events().get(0).incident().state()).isEqualTo(IncidentState.ESCALATED);
    }

    @Test
    void anAcknowledgementGivesAnHour() {
        open();
        at(5, LifecycleSignal.TAKEN_OVER);
        at(100, LifecycleSignal.ACKNOWLEDGED);

        assertThat(course.orElseThrow().deadlineMillis()).isEqualTo(T0 + 3_700 * SECOND);
    }

    @Test
    void theRiskOfMissingThePromiseGrowsWithTimeAndState() {
        open();
        SlaClock clock = SlaClock.defaults();

        assertThat(clock.risk(incident(), T0)).isEqualTo(SlaRisk.NONE);
        assertThat(clock.risk(incident(), T0 + 22 * 60 * SECOND)).isEqualTo(SlaRisk.AT_RISK);
        assertThat(clock.risk(incident(), T0 + 28 * 60 * SECOND)).isEqualTo(SlaRisk.LIKELY);
        assertThat(clock.risk(incident(), T0 + 31 * 60 * SECOND)).isEqualTo(SlaRisk.BREACHED);
        at(5, LifecycleSignal.TAKEN_OVER);
        assertThat(clock.risk(incident(), T0 + 6 * SECOND)).isEqualTo(SlaRisk.LIKELY);
        toResolvedByHuman();
        assertThat(clock.risk(incident(), T0 + 9_999 * SECOND)).isEqualTo(SlaRisk.NONE);
    }

    @Test
    void theEventWithWhichThePromiseComesIntoDangerSaysSoOnce() {
        open();
        at(5, LifecycleSignal.TAKEN_OVER);
        assertThat(cause()).endsWith("; promised within 30 min: likely missed");
        at(20, LifecycleSignal.ACKNOWLEDGED);
        assertThat(cause()).doesNotContain("promised");
        at(1_900, LifecycleSignal.MENDED_BY_HUMAN);
        assertThat(cause()).endsWith("; promised within 30 min: missed");
    }

    private String cause() {
        return last.events().get(last.events().size() - 1).cause();
    }

    @Test
    void theDrawingInTheDocsIsTheTable() throws IOException {
        Path docs = Path.of("").toAbsolutePath();
        while (Files.notExists(docs.resolve("docs"))) {
            docs = docs.getParent();
        }
        assertThat(Files.readString(docs.resolve("docs/lifecycle.md")))
                .as("put this between the lines of ```mermaid:\n" + LifecycleDrawing.mermaid())
                .contains("```mermaid\n" + LifecycleDrawing.mermaid() + "```\n");
    }

    private void toResolvedByHuman() {
        at(60, LifecycleSignal.MENDED_BY_HUMAN);
    }

    private void toResolved(long from) {
        open();
        toResolvedFrom(from, 1);
    }

    private void toResolvedFrom(long from, int attempt) {
        at(from + 10, LifecycleSignal.DEADLINE);
        for (LifecycleSignal signal :
                List.of(
                        LifecycleSignal.DIAGNOSED,
                        LifecycleSignal.ACTION_DECIDED,
                        LifecycleSignal.ACTION_DONE,
                        LifecycleSignal.VALIDATED)) {
            apply(
                    LifecycleFact.of(
                            "acme",
                            "00",
                            signal,
                            T0 + (from + 120) * SECOND,
                            attempt,
                            "stage",
                            ""));
            assertThat(last.refusal()).isEmpty();
        }
    }

    private void open() {
        apply(LifecycleFact.seen(LifecycleSignal.OPENED, seen(Severity.HIGH, 1), T0, "first"));
    }

    private void at(long seconds, LifecycleSignal signal) {
        apply(fact(seconds, signal));
        assertThat(last.refusal()).isEmpty();
    }

    private static LifecycleFact fact(long seconds, LifecycleSignal signal) {
        return LifecycleFact.of("acme", "00", signal, T0 + seconds * SECOND, 0, "ada", "");
    }

    private void apply(LifecycleFact fact) {
        last = lifecycle.apply(course, fact);
        course = last.course();
    }

    private Incident incident() {
        return course.orElseThrow().incident();
    }

    private static Incident seen(Severity severity, long alerts) {
        return Incident.builder()
                .incidentId("00")
                .tenant("acme")
                .severity(severity)
                .services(List.of("orders"))
                .openedAtMillis(T0)
                .updatedAtMillis(T0)
                .alertCount(alerts)
                .title("orders is slow")
                .build();
    }
}
