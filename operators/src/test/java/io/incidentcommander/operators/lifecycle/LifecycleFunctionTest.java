// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LifecycleFunctionTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final RunbookCatalogue CATALOGUE =
            RunbookCatalogueReader.read(
                    "a: {version: '1', types: [ddos], risk: low, takes: 1 s, rollback: x}\n"
                            + "b: {version: '1', types: [memory_leak], risk: low, takes: 1 s,"
                            + " rollback: x}\n",
                    new Problems("test"));
    private static final AlertId ALERT = new AlertId("s", "0", 7, 0);

    @Test
    void anIncidentGoesFromTheFirstAlertToItsResolutionOnOneChain() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            assertThat(harness.state()).isEqualTo(IncidentState.DETECTED);
            harness.time(11);

            assertThat(harness.states())
                    .containsExactly("detected", "diagnosing", "deciding", "resolving");
            assertThat(harness.orders()).hasSize(1);
            ActionOrder order = harness.orders().get(0);
            assertThat(order.kind()).isEqualTo(ActionOrder.Kind.ACT);
            assertThat(order.action()).isEqualTo(action(IncidentType.DDOS));
            assertThat(order.decisionId()).isEqualTo(Decision.idOf("t", "i", 1));

            harness.say(heard(LifecycleSignal.ACTION_DONE, order.attempt()));
            harness.time(20);
            harness.say(heard(LifecycleSignal.VALIDATED, order.attempt()));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVED);
            List<IncidentEvent> told = harness.events();
            assertThat(IncidentEventChain.verify(told)).isEmpty();
            assertThat(told.get(0).causingAlerts()).containsExactly(ALERT);
            assertThat(told.get(told.size() - 1).kind()).isEqualTo(IncidentEventKind.CLOSED);
            assertThat(told.get(told.size() - 1).incident().closedAtMillis())
                    .isEqualTo(T0 + 20_000);

            harness.time(100_000);
            assertThat(harness.isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsVerifiedWasDecidedRightlyUntilItComesBack() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = new Harness(Optional.empty())) {
            resolve(harness, LifecycleSignal.VALIDATED);
            assertThat(harness.verdicts()).containsExactly(right(20));
            saved = harness.snapshot();
        }
        try (Harness harness = new Harness(Optional.of(saved))) {
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.DDOS, 5, 200));
            assertThat(harness.state()).isEqualTo(IncidentState.DETECTED);
            assertThat(harness.verdicts()).containsExactly(wrong(200));
        }
    }

    @Test
    void whatWasDoneIsTakenBackIfTheProblemIsBackWithinTheWatchAlsoAfterARestore()
            throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = new Harness(Optional.empty())) {
            resolve(harness, LifecycleSignal.VALIDATED);
            saved = harness.snapshot();
        }
        try (Harness harness = new Harness(Optional.of(saved))) {
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.DDOS, 5, 20 + 300));
            assertThat(harness.orders()).hasSize(1);
            ActionOrder back = harness.orders().get(0);
            assertThat(back.kind()).isEqualTo(ActionOrder.Kind.ROLL_BACK);
            assertThat(back.decisionId()).isEqualTo(Decision.idOf("t", "i", 1));
            assertThat(back.action()).isEqualTo(action(IncidentType.DDOS));
            assertThat(back.deadlineMillis()).isEqualTo(at(20 + 300 + 600));

            harness.say(heard(LifecycleSignal.STEP_DONE, LifecycleFact.ANY_ATTEMPT));
            assertThat(harness.state()).isEqualTo(IncidentState.DETECTED);
            harness.say(heard(LifecycleSignal.ACTION_FAILED, LifecycleFact.ANY_ATTEMPT));
            assertThat(harness.state())
                    .as("what cannot be taken back is for a human")
                    .isEqualTo(IncidentState.ESCALATED);
        }
    }

    @Test
    void afterTheWatchNothingIsTakenBackAndWhatTrailsIsNoReturn() throws Exception {
        for (long second : List.of(20 + 301L, 20 + 60L)) {
            try (Harness harness = new Harness(Optional.empty())) {
                resolve(harness, LifecycleSignal.VALIDATED);
                harness.say(seen(LifecycleSignal.UPDATED, IncidentType.DDOS, 5, second));
                assertThat(harness.orders())
                        .extracting(ActionOrder::kind)
                        .containsExactly(ActionOrder.Kind.ACT);
            }
        }
    }

    @Test
    void whoHandsItBackAskedForTheActionThatFollows() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.say(heard(LifecycleSignal.TAKEN_OVER, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(heard(LifecycleSignal.HANDED_BACK, 0));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.decide(decision(2, IncidentType.DDOS, 12, DecisionStatus.DECIDED));
            assertThat(harness.orders().get(0).requesters()).containsExactly("somebody");
        }
    }

    @Test
    void whatComesBackAfterTheWatchSaysNothingOfTheOldDecision() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            resolve(harness, LifecycleSignal.VALIDATED);
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.DDOS, 5, 20 + 301));
            assertThat(harness.state()).isEqualTo(IncidentState.DETECTED);
            assertThat(harness.verdicts()).containsExactly(right(20));
        }
    }

    @Test
    void whatIsNotVerifiedWasDecidedWrongly() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            resolve(harness, LifecycleSignal.NOT_VALIDATED);
            assertThat(harness.state()).isEqualTo(IncidentState.ESCALATED);
            assertThat(harness.verdicts()).containsExactly(wrong(20));
        }
    }

    @Test
    void whatAHumanTakesOverAndWhatCouldNotBeDoneSaysNothingOfTheDecision() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            resolve(harness, LifecycleSignal.TAKEN_OVER);
            harness.say(heard(LifecycleSignal.MENDED_BY_HUMAN, 0));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVED);
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.DDOS, 5, 200));
            assertThat(harness.verdicts()).isEmpty();
        }
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            harness.say(heard(LifecycleSignal.ACTION_FAILED, harness.orders().get(0).attempt()));
            harness.say(seen(LifecycleSignal.QUIET, IncidentType.DDOS, 1, 30));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVED);
            assertThat(harness.verdicts()).isEmpty();
        }
    }

    @Test
    void whatAnotherIncidentTakesOverSaysNothingOfTheDecision() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            resolve(harness, LifecycleSignal.STEP_DONE);
            assertThat(harness.state()).isEqualTo(IncidentState.VERIFYING);
            harness.say(seen(LifecycleSignal.MERGED, IncidentType.DDOS, 1, 30));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVED);
            assertThat(harness.verdicts()).isEmpty();
        }
    }

    /** As decided, done after 11 s, and after 20 s the signal. */
    private static void resolve(Harness harness, LifecycleSignal signal) throws Exception {
        harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
        harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
        harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
        harness.time(11);
        int attempt = harness.orders().get(0).attempt();
        harness.say(heard(LifecycleSignal.ACTION_DONE, attempt));
        harness.time(20);
        harness.say(heard(signal, signal == LifecycleSignal.TAKEN_OVER ? 0 : attempt));
    }

    private static VerifiedOutcome right(long second) {
        return VerifiedOutcome.right("t", "i", 1, action(IncidentType.DDOS).id(), at(second));
    }

    private static VerifiedOutcome wrong(long second) {
        return VerifiedOutcome.wrong("t", "i", 1, action(IncidentType.DDOS).id(), at(second));
    }

    private static long at(long second) {
        return T0 + second * 1000;
    }

    @Test
    void aRestoredIncidentGoesOnWhereItStoodAndOrdersNothingTwice() throws Exception {
        OperatorSubtaskState saved;
        List<IncidentEvent> before;
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            saved = harness.snapshot();
            before = harness.events();
        }
        try (Harness harness = new Harness(Optional.of(saved))) {
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVING);
            harness.decide(decision(2, IncidentType.DDOS, 12, DecisionStatus.DECIDED));
            assertThat(harness.orders()).hasSize(1);
            List<IncidentEvent> all = new ArrayList<>(before);
            all.addAll(harness.events());
            assertThat(IncidentEventChain.verify(all)).isEmpty();
        }
    }

    @Test
    void aDecisionOnWhatTheIncidentIsNoLongerTakenForDoesNotCount() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.UNKNOWN, 1, 0));
            harness.decide(decision(1, IncidentType.UNKNOWN, 1, DecisionStatus.UNRESOLVED));
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.MEMORY_LEAK, 2, 2));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(harness.state()).isEqualTo(IncidentState.DECIDING);
            harness.decide(decision(2, IncidentType.MEMORY_LEAK, 12, DecisionStatus.DECIDED));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVING);
            assertThat(harness.orders().get(0).action())
                    .isEqualTo(action(IncidentType.MEMORY_LEAK));
        }
    }

    @Test
    void whoWaitsForADecisionThatNobodyIsAskedForAsksAgainAtOnceAndOnce() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(harness.state()).isEqualTo(IncidentState.DECIDING);
            assertThat(harness.questions()).as("the first is under way").isEmpty();

            harness.decide(decision(1, IncidentType.UNKNOWN, 12, DecisionStatus.UNRESOLVED));
            assertThat(harness.questions()).hasSize(1);
            Question again = harness.questions().get(0);
            assertThat(again.attempt()).isEqualTo(2);
            assertThat(again.candidates())
                    .isEqualTo(CATALOGUE.candidates(incident(IncidentType.DDOS, 1)));
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.DDOS, 2, 12));
            harness.decide(decision(1, IncidentType.DDOS, 12, DecisionStatus.DECIDED));
            assertThat(harness.questions()).as("one answer is under way").hasSize(1);
            assertThat(harness.state()).isEqualTo(IncidentState.DECIDING);
            saved = harness.snapshot();
        }
        try (Harness harness = new Harness(Optional.of(saved))) {
            harness.time(12);
            assertThat(harness.questions()).as("asked before the restore").isEmpty();
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.MEMORY_LEAK, 3, 13));
            harness.decide(decision(2, IncidentType.DDOS, 13, DecisionStatus.DECIDED));
            assertThat(harness.orders()).isEmpty();
            assertThat(harness.questions())
                    .extracting(Question::attempt)
                    .as("the type changed while it was decided")
                    .containsExactly(3);
            harness.decide(decision(3, IncidentType.MEMORY_LEAK, 14, DecisionStatus.DECIDED));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVING);
            assertThat(harness.questions()).hasSize(1);
            harness.time(1_000_000);
            assertThat(harness.isEmpty()).isTrue();
        }
    }

    @Test
    void aTypeThatChangesAfterItsLastDecisionIsAskedAboutBeforeTheDeadline() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(seen(LifecycleSignal.UPDATED, IncidentType.MEMORY_LEAK, 2, 4));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(harness.state()).isEqualTo(IncidentState.DECIDING);
            assertThat(harness.questions()).extracting(Question::attempt).containsExactly(2);
            harness.decide(decision(2, IncidentType.MEMORY_LEAK, 12, DecisionStatus.DECIDED));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVING);
        }
    }

    @Test
    void whoeverSaysSomethingToAnIncidentHearsWhatBecameOfIt() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(said(LifecycleSignal.ACKNOWLEDGED));
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            harness.say(said(LifecycleSignal.MENDED_BY_HUMAN));
            harness.say(said(LifecycleSignal.TAKEN_OVER));
            harness.say(said(LifecycleSignal.TAKEN_OVER));
            harness.say(said(LifecycleSignal.MENDED_BY_HUMAN));

            assertThat(harness.answers())
                    .extracting(ControlReport::toString)
                    .containsExactly(
                            "acknowledge to i of tenant t by ann: refused: nothing is known of the"
                                    + " incident",
                            "mended to i of tenant t by ann: refused: means nothing while deciding:"
                                    + " mended by human",
                            "take_over to i of tenant t by ann: applied: it is escalated",
                            "take_over to i of tenant t by ann: refused: known already",
                            "mended to i of tenant t by ann: applied: it is resolved");
        }
    }

    @Test
    void aCommandThatIsSaidAgainChangesNothingAlsoAfterARestore() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.say(said(LifecycleSignal.TAKEN_OVER).numbered(3));
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(4));
            harness.say(said(LifecycleSignal.TAKEN_OVER).numbered(7));
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(4));
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(7));
            assertThat(harness.state()).isEqualTo(IncidentState.ESCALATED);
            assertThat(harness.answers())
                    .extracting(ControlReport::toString)
                    .endsWith(
                            "take_over to i of tenant t by ann: applied: it is escalated",
                            "hand_back to i of tenant t by ann: stale: sequence 7 was heard before",
                            "hand_back to i of tenant t by ann: stale: sequence 7 was heard"
                                    + " before");
            saved = harness.snapshot();
        }
        try (Harness harness = new Harness(Optional.of(saved))) {
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(4));
            assertThat(harness.events()).isEmpty();
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(8));
            assertThat(harness.state()).isEqualTo(IncidentState.DIAGNOSING);
            assertThat(harness.answers())
                    .extracting(ControlReport::outcome)
                    .containsExactly(ControlReport.Outcome.STALE, ControlReport.Outcome.APPLIED);
            harness.time(100_000);
            assertThat(harness.isEmpty()).isTrue();
        }
    }

    @Test
    void aCommandThatWasRefusedDoesNotActWhenItIsSaidAgain() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(1));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.UNRESOLVED));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(harness.state()).isEqualTo(IncidentState.ESCALATED);
            harness.say(said(LifecycleSignal.HANDED_BACK).numbered(1));

            assertThat(harness.state()).isEqualTo(IncidentState.ESCALATED);
            assertThat(harness.answers())
                    .extracting(ControlReport::outcome)
                    .containsExactly(ControlReport.Outcome.REFUSED, ControlReport.Outcome.STALE);
        }
    }

    @Test
    void whatAHumanHandsBackIsDecidedAnew() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.say(heard(LifecycleSignal.TAKEN_OVER, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(heard(LifecycleSignal.HANDED_BACK, 0));
            assertThat(harness.questions()).isEmpty();
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            assertThat(harness.state()).isEqualTo(IncidentState.DECIDING);
            assertThat(harness.questions()).extracting(Question::attempt).containsExactly(2);
            harness.decide(decision(2, IncidentType.DDOS, 12, DecisionStatus.DECIDED));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVING);
            assertThat(harness.orders()).hasSize(1);
        }
    }

    @Test
    void aDecisionHoldsHoweverManyServicesJoin() throws Exception {
        RunbookCatalogue many =
                RunbookCatalogueReader.read(
                        "a: {version: '1', types: [ddos], risk: low, takes: 1 s, rollback: x}\n"
                                + "b: {version: '1', types: [ddos], risk: low, takes: 1 s,"
                                + " rollback: x}\n"
                                + "c: {version: '1', types: [ddos], risk: low, takes: 1 s,"
                                + " rollback: x}\n",
                        new Problems("test"));
        try (Harness harness = new Harness(Optional.empty(), many)) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            Incident wide =
                    incident(IncidentType.DDOS, 2).toBuilder()
                            .services(List.of("shop", "stock", "web"))
                            .build();
            harness.say(
                    LifecycleFact.seen(LifecycleSignal.UPDATED, wide, T0 + 1_000, "correlated"));
            harness.decide(decision(1, many, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(many.candidates(wide).actions())
                    .as("the third runbook finds no place any more")
                    .noneMatch(action -> action.runbook().equals("c"));
            assertThat(harness.state()).isEqualTo(IncidentState.RESOLVING);
            assertThat(harness.questions()).isEmpty();
        }
    }

    @Test
    void withoutAnyAnswerTheDeadlinesBringItToAHumanAndInTheEndNothingIsLeft() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.time(11);
            assertThat(harness.state()).isEqualTo(IncidentState.DIAGNOSING);
            harness.time(191);
            assertThat(harness.state()).isEqualTo(IncidentState.DECIDING);
            harness.time(341);
            assertThat(harness.state()).isEqualTo(IncidentState.ESCALATED);
            assertThat(harness.orders()).isEmpty();
            harness.time(100_000);
            assertThat(harness.isEmpty()).isTrue();
        }
    }

    @Test
    void whoTakesItOverStopsTheActionUnderWay() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.NEEDS_APPROVAL));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            harness.say(heard(LifecycleSignal.TAKEN_OVER, 0));
            assertThat(harness.state()).isEqualTo(IncidentState.ESCALATED);
            assertThat(harness.orders())
                    .extracting(ActionOrder::kind)
                    .containsExactly(ActionOrder.Kind.ACT, ActionOrder.Kind.STOP);
            assertThat(harness.orders().get(0).humanWanted()).isTrue();
        }
    }

    @Test
    void thatAllInputEndsMeetsNoDeadline() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.end();
            assertThat(harness.state()).isEqualTo(IncidentState.DETECTED);
            assertThat(harness.events()).hasSize(1);
        }
    }

    @Test
    void anActionThatIsValidatedWasRightUntilTheIncidentIsBackAlsoAfterARestore() throws Exception {
        OperatorSubtaskState saved;
        try (Harness harness = new Harness(Optional.empty())) {
            harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
            harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
            harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
            harness.time(11);
            assertThat(harness.outcomes()).isEmpty();
            saved = harness.snapshot();
        }
        try (Harness harness = new Harness(Optional.of(saved))) {
            harness.time(12);
            harness.say(heard(LifecycleSignal.ACTION_DONE, 1));
            assertThat(harness.outcomes()).isEmpty();
            harness.time(20);
            harness.say(heard(LifecycleSignal.VALIDATED, 1));
            ActionId done = action(IncidentType.DDOS).id();
            assertThat(harness.outcomes())
                    .containsExactly(VerifiedOutcome.right("t", "i", 1, done, T0 + 20_000));

            harness.say(seen(LifecycleSignal.RETURNED, IncidentType.DDOS, 2, 60));
            assertThat(harness.outcomes())
                    .last()
                    .isEqualTo(VerifiedOutcome.wrong("t", "i", 1, done, T0 + 60_000));
            assertThat(harness.outcomes()).hasSize(2);
            harness.time(100_000);
            assertThat(harness.isEmpty()).isTrue();
        }
    }

    @Test
    void anActionThatDidNotMendWasWrongAndOneThatNobodyVerifiedSaysNothing() throws Exception {
        for (LifecycleSignal said :
                List.of(
                        LifecycleSignal.NOT_VALIDATED,
                        LifecycleSignal.QUIET,
                        LifecycleSignal.TAKEN_OVER)) {
            try (Harness harness = new Harness(Optional.empty())) {
                harness.say(seen(LifecycleSignal.OPENED, IncidentType.DDOS, 1, 0));
                harness.decide(decision(1, IncidentType.DDOS, 3, DecisionStatus.DECIDED));
                harness.say(heard(LifecycleSignal.DIAGNOSED, 0));
                harness.time(11);
                harness.say(heard(LifecycleSignal.ACTION_DONE, 1));
                harness.time(20);
                harness.say(heard(said, LifecycleFact.ANY_ATTEMPT));
                harness.say(heard(LifecycleSignal.MENDED_BY_HUMAN, LifecycleFact.ANY_ATTEMPT));

                assertThat(harness.state()).isEqualTo(IncidentState.RESOLVED);
                ActionId done = action(IncidentType.DDOS).id();
                assertThat(harness.outcomes())
                        .as(said.word())
                        .isEqualTo(
                                said == LifecycleSignal.NOT_VALIDATED
                                        ? List.of(
                                                VerifiedOutcome.wrong(
                                                        "t", "i", 1, done, T0 + 20_000))
                                        : List.of());
            }
        }
    }

    private static Incident incident(IncidentType type, long alerts) {
        return Incident.builder()
                .incidentId("i")
                .tenant("t")
                .type(type)
                .severity(Severity.HIGH)
                .services(List.of("shop"))
                .state(IncidentState.DETECTED)
                .openedAtMillis(T0)
                .updatedAtMillis(T0)
                .alertCount(alerts)
                .keptAlerts(alerts)
                .confidence(0.9)
                .title("it hurts")
                .build();
    }

    private static LifecycleFact seen(
            LifecycleSignal signal, IncidentType type, long alerts, long second) {
        return LifecycleFact.seen(signal, incident(type, alerts), T0 + second * 1000, "correlated")
                .becauseOf(List.of(ALERT));
    }

    private static LifecycleFact heard(LifecycleSignal signal, int attempt) {
        return LifecycleFact.of("t", "i", signal, LifecycleFact.NO_TIME, attempt, "somebody", "");
    }

    private static LifecycleFact said(LifecycleSignal signal) {
        return LifecycleFact.of(
                "t", "i", signal, LifecycleFact.NO_TIME, LifecycleFact.ANY_ATTEMPT, "ann", "");
    }

    private static Action action(IncidentType type) {
        return CATALOGUE.candidates(incident(type, 1)).actions().stream()
                .filter(action -> !action.target().isEmpty())
                .findFirst()
                .orElse(Action.ESCALATE);
    }

    private static Decision decision(
            int attempt, IncidentType type, long second, DecisionStatus status) {
        return decision(attempt, CATALOGUE, type, second, status);
    }

    private static Decision decision(
            int attempt,
            RunbookCatalogue catalogue,
            IncidentType type,
            long second,
            DecisionStatus status) {
        CandidateList candidates = catalogue.candidates(incident(type, 1));
        RoundTerms terms =
                RoundTerms.builder()
                        .tenant("t")
                        .incidentId("i")
                        .attempt(attempt)
                        .round(1)
                        .protocol(Protocol.values()[0])
                        .candidates(candidates)
                        .roster(
                                new Roster(
                                        Map.of(), List.of(), CapStatus.values()[0], List.of(), 0))
                        .confidence(0.7)
                        .trusted(3)
                        .requestedAtMillis(T0)
                        .openedAtMillis(T0)
                        .closesAtMillis(T0 + 120_000)
                        .build();
        Outcome outcome =
                new Outcome(
                        status,
                        new ActionSupport(action(type).id(), 900_000, 0.9),
                        1,
                        T0 + second * 1000);
        return new Decision(
                new Certificate(List.of(new RoundRecord(terms, List.of())), outcome),
                Optional.empty());
    }

    /** The operator with one incident; seconds are after its first alert. */
    private static final class Harness implements AutoCloseable {
        private final KeyedTwoInputStreamOperatorTestHarness<
                        String, LifecycleFact, Decision, IncidentEvent>
                harness;

        Harness(Optional<OperatorSubtaskState> state) throws Exception {
            this(state, CATALOGUE);
        }

        Harness(Optional<OperatorSubtaskState> state, RunbookCatalogue catalogue) throws Exception {
            harness =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(
                                    new LifecycleFunction(
                                            LifecyclePolicy.defaults(),
                                            new TierCost(new BigDecimal("60")),
                                            ControlSettings.none(),
                                            catalogue)),
                            fact -> LifecycleFunction.key(fact.tenant(), fact.incidentId()),
                            made -> LifecycleFunction.key(made.tenant(), made.incidentId()),
                            Types.STRING);
            if (state.isPresent()) {
                harness.initializeState(state.get());
            }
            harness.open();
            time(0);
        }

        void say(LifecycleFact fact) throws Exception {
            harness.processElement1(fact, Math.max(T0, fact.timeMillis()));
        }

        void decide(Decision decision) throws Exception {
            harness.processElement2(decision, T0);
        }

        void time(long second) throws Exception {
            harness.processBothWatermarks(new Watermark(T0 + second * 1000));
        }

        void end() throws Exception {
            harness.processBothWatermarks(Watermark.MAX_WATERMARK);
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        List<IncidentEvent> events() {
            return harness.extractOutputValues();
        }

        List<String> states() {
            return events().stream()
                    .map(event -> event.incident().state().word())
                    .distinct()
                    .collect(Collectors.toList());
        }

        IncidentState state() {
            List<IncidentEvent> all = events();
            return all.get(all.size() - 1).incident().state();
        }

        List<ActionOrder> orders() {
            List<ActionOrder> orders = new ArrayList<>();
            if (harness.getSideOutput(LifecycleFunction.ORDERS) != null) {
                harness.getSideOutput(LifecycleFunction.ORDERS)
                        .forEach(record -> orders.add(record.getValue()));
            }
            return orders;
        }

        List<Question> questions() {
            List<Question> questions = new ArrayList<>();
            if (harness.getSideOutput(LifecycleFunction.QUESTIONS) != null) {
                harness.getSideOutput(LifecycleFunction.QUESTIONS)
                        .forEach(record -> questions.add(record.getValue()));
            }
            return questions;
        }

        List<ControlReport> answers() {
            List<ControlReport> answers = new ArrayList<>();
            if (harness.getSideOutput(LifecycleFunction.ANSWERS) != null) {
                harness.getSideOutput(LifecycleFunction.ANSWERS)
                        .forEach(record -> answers.add(record.getValue()));
            }
            return answers;
        }

        List<VerifiedOutcome> verdicts() {
            List<VerifiedOutcome> verdicts = new ArrayList<>();
            if (harness.getSideOutput(LifecycleFunction.VERDICTS) != null) {
                harness.getSideOutput(LifecycleFunction.VERDICTS)
                        .forEach(record -> verdicts.add(record.getValue()));
            }
            return verdicts;
        }

        List<VerifiedOutcome> outcomes() {
            List<VerifiedOutcome> outcomes = new ArrayList<>();
            if (harness.getSideOutput(LifecycleFunction.OUTCOMES) != null) {
                harness.getSideOutput(LifecycleFunction.OUTCOMES)
                        .forEach(record -> outcomes.add(record.getValue()));
            }
            return outcomes;
        }

        boolean isEmpty() {
            return harness.numKeyedStateEntries() == 0 && harness.numEventTimeTimers() == 0;
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
