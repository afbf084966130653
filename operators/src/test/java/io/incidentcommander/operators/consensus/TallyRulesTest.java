// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static io.incidentcommander.operators.consensus.Council.NOW;
import static io.incidentcommander.operators.consensus.Council.RESTART;
import static io.incidentcommander.operators.consensus.Council.SCALE;
import static io.incidentcommander.operators.consensus.Council.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of rounds as the operator keeps them: time limits, keys, who is judged, bounds. */
class TallyRulesTest {
    private static final ActionId R = RESTART.id();
    private static final ActionId S = SCALE.id();
    private static final DefaultRoster MODEL = DefaultRoster.DIAGNOSIS_MODEL;
    private static final DefaultRoster LSTM = DefaultRoster.PREDICTION_LSTM;
    private static final DefaultRoster RULES = DefaultRoster.DETECTION_RULES;
    private static final DefaultRoster CAUSAL = DefaultRoster.DIAGNOSIS_CAUSAL;
    private static final DefaultRoster SEASONAL = DefaultRoster.PREDICTION_SEASONAL;

    /** Two rounds in which all have voted for nothing are over at once; the third has the rest. */
    private static RoundRequest third(Council council) throws Exception {
        council.ask(Council.question("i1"), NOW);
        for (int round = 1; round <= 2; round++) {
            RoundRequest request = council.request();
            council.cast(Council.vote(request, RULES, R, 0.9));
            council.cast(Council.vote(request, MODEL, S, 0.9));
            council.cast(Council.vote(request, CAUSAL, R, 0.9));
            council.cast(Council.vote(request, SEASONAL, S, 0.9));
            council.cast(Council.vote(request, LSTM, R, 0.9));
            council.cast(Council.vote(request, DefaultRoster.RESOLUTION_RUNBOOK, S, 0.9));
        }
        RoundRequest request = council.request();
        assertThat(request.terms().round()).isEqualTo(3);
        assertThat(request.terms().closesAtMillis()).isEqualTo(NOW + 120_000);
        return request;
    }

    @Test
    void aVotePastTheLimitOfItsRoleDoesNotCountThoughTheRoundGoesOn() throws Exception {
        try (Council council = new Council()) {
            RoundRequest request = third(council);
            council.time(NOW + 60_000);
            for (DefaultRoster member : List.of(RULES, MODEL, CAUSAL, SEASONAL, LSTM)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            assertThat(council.decisions())
                    .extracting(Decision::status)
                    .containsExactly(DecisionStatus.DECIDED);
            assertThat(council.decisions().get(0).certificate().last().votes())
                    .extracting(SignedVote::agent)
                    .doesNotContain(RULES.agent())
                    .hasSize(4);
        }
    }

    @Test
    void aRoundOutlastsTheLimitsOfRolesAndEndsAtItsTime() throws Exception {
        try (Council council = new Council()) {
            third(council);
            council.time(NOW + 60_000); // past detection
            council.time(NOW + 90_000); // and prediction
            council.time(NOW + 119_999);
            assertThat(council.decisions()).isEmpty();
            council.time(NOW + 120_000);
            assertThat(council.decisions())
                    .extracting(Decision::status)
                    .containsExactly(DecisionStatus.UNRESOLVED);
        }
    }

    @Test
    void abstainingShrinksNothing() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            for (int round = 1; round <= 3; round++) {
                RoundRequest request = council.request();
                for (DefaultRoster member : DefaultRoster.values()) {
                    boolean votes = member == RULES || member == MODEL || member == CAUSAL;
                    ActionId action = votes ? R : ActionId.ABSTAIN;
                    council.cast(Council.vote(request, member, action, 0.9));
                }
            }
            assertThat(council.decisions())
                    .extracting(Decision::status)
                    .containsExactly(DecisionStatus.UNRESOLVED);
        }
    }

    @Test
    void aKeyThatWasReplacedOrNeverWasMakesNoVote() throws Exception {
        try (Council council = new Council()) {
            RegisteredAgent rotated = Council.registered(MODEL, 2, 0);
            council.control(rotated);
            council.ask(Council.question("i1"), NOW);
            RoundRequest request = council.request();
            Seat seat = request.terms().roster().seat(MODEL.agent()).orElseThrow();
            for (int epoch : new int[] {1, 3}) {
                SignedRecommendation vote =
                        Council.sign(
                                Recommendation.builder()
                                        .answering(request)
                                        .from(seat)
                                        .keyEpoch(epoch)
                                        .action(R)
                                        .confidence(0.9));
                council.send(TallyInput.of(vote, SignatureCheck.UNCHECKED));
                council.send(TallyInput.of(vote, SignatureCheck.VALID)); // by who knows it so
            }
            assertThat(council.findings())
                    .isNotEmpty()
                    .extracting(Finding::kind)
                    .containsOnly(FindingKind.OLD_KEY);
            for (DefaultRoster member : List.of(RULES, SEASONAL, LSTM)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            assertThat(council.decisions()).isEmpty(); // half of the power, without the model
            council.cast(Council.vote(request, MODEL, R, 0.9));
            assertThat(council.decisions()).hasSize(1);
        }
    }

    @Test
    void aKeyThatIsNoneRegistersNobody() throws Exception {
        try (Council council = new Council()) {
            council.control(
                    new RegisteredAgent(
                            TENANT, "diagnosis/weak", MODEL.role(), "weak", 1, "00".repeat(32), 0));
            council.ask(Council.question("i1"), NOW);
            assertThat(council.request().terms().roster().seats()).hasSize(6);
        }
    }

    @Test
    void whatAnAgentInQuarantineSaysIsJudgedAndWhatIsSpoiledIsNot() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            RoundRequest request = council.request();
            Seat seat = request.terms().roster().seat(MODEL.agent()).orElseThrow();
            council.cast(Council.vote(request, LSTM, S, Double.NaN));
            council.cast(Council.vote(request, MODEL, R, 0.9));
            council.cast(
                    Council.sign(
                            Recommendation.builder()
                                    .answering(request)
                                    .from(seat)
                                    .action(S)
                                    .confidence(0.9)
                                    .requestId("another")));
            for (DefaultRoster member : List.of(RULES, CAUSAL, SEASONAL)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            assertThat(council.decisions()).hasSize(1);
            council.send(TallyInput.of(VerifiedOutcome.right(TENANT, "i1", 1, R, NOW + 1)));

            council.ask(Council.question("i2"), NOW + 1_000);
            request = council.request();
            assertThat(reputation(request, MODEL)).isEqualTo(Seat.WHOLE_PPM);
            assertThat(reputation(request, LSTM)).isEqualTo(Seat.WHOLE_PPM);
            council.cast(Council.vote(request, MODEL, S, 0.9));
            for (DefaultRoster member : List.of(RULES, CAUSAL, SEASONAL, LSTM)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            assertThat(council.decisions()).hasSize(2);
            for (int i = 3; i < 6; i++) { // what was decided turns out wrong, and was S
                council.ask(Council.question("i" + i), NOW + 1_000 * i);
                request = council.request();
                council.cast(Council.vote(request, MODEL, S, 0.9));
                for (DefaultRoster member : List.of(RULES, CAUSAL, SEASONAL, LSTM)) {
                    council.cast(Council.vote(request, member, R, 0.9));
                }
                council.send(TallyInput.of(VerifiedOutcome.right(TENANT, "i" + i, 1, R, NOW + i)));
            }
            council.ask(Council.question("last"), NOW + 10_000);
            assertThat(reputation(council.request(), MODEL)).isLessThan(Seat.WHOLE_PPM);
        }
    }

    @Test
    void whoIsOnlyLateLosesNothingAndWhoIsOfTwoMindsAfterTheDecisionIsOut() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            RoundRequest request = council.request();
            for (DefaultRoster member : List.of(RULES, CAUSAL, SEASONAL, LSTM)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            assertThat(council.decisions()).hasSize(1);
            council.cast(Council.vote(request, MODEL, S, 0.9));
            council.cast(Council.vote(request, DefaultRoster.RESOLUTION_RUNBOOK, S, 0.9));
            council.send(TallyInput.of(VerifiedOutcome.right(TENANT, "i1", 1, R, NOW + 1)));
            assertThat(council.findings()).isEmpty();
            council.ask(Council.question("i2"), NOW + 1_000);
            assertThat(reputation(council.request(), MODEL)).isEqualTo(Seat.WHOLE_PPM);

            Seat seat = request.terms().roster().seat(MODEL.agent()).orElseThrow();
            council.cast(
                    Council.sign(
                            Recommendation.builder()
                                    .answering(request)
                                    .from(seat)
                                    .action(R)
                                    .confidence(0.9)
                                    .requestId("another")));
            assertThat(council.findings())
                    .extracting(Finding::kind)
                    .containsExactly(FindingKind.EQUIVOCATION);
            council.ask(Council.question("i3"), NOW + 2_000);
            Roster next = council.request().terms().roster();
            assertThat(next.seat(MODEL.agent()).orElseThrow().standing())
                    .isEqualTo(SeatStanding.QUARANTINED);
            assertThat(next.trustedAgents()).isEqualTo(5);
            assertThat(council.decisions()).hasSize(1);
        }
    }

    private static int reputation(RoundRequest request, DefaultRoster member) {
        return request.terms().roster().seat(member.agent()).orElseThrow().reputationPpm();
    }

    @Test
    void earlyVotesAreKeptUpToTheirBoundAndThereIsRoomAgainOnceTheyAreForgotten() throws Exception {
        RoundRequest request;
        try (Council other = new Council()) {
            other.ask(Council.question("i1"), NOW);
            request = other.request();
        }
        try (Council council = new Council()) {
            council.time(NOW - 1);
            SignedRecommendation flood = Council.vote(request, LSTM, S, 0.9);
            for (int i = 0; i < TallyState.MAX_ORPHANS; i++) {
                council.cast(flood);
            }
            for (DefaultRoster member : List.of(RULES, MODEL, CAUSAL, SEASONAL)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            council.ask(Council.question("i1"), NOW);
            assertThat(council.decisions()).isEmpty(); // there was no room for them
        }
        try (Council council = new Council()) {
            council.time(NOW - 1);
            SignedRecommendation flood = Council.vote(request, LSTM, S, 0.9);
            for (int i = 0; i < TallyState.MAX_ORPHANS; i++) {
                council.cast(flood);
            }
            council.time(NOW + 121_000);
            for (DefaultRoster member : List.of(RULES, MODEL, CAUSAL, SEASONAL)) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            council.ask(Council.question("i1"), NOW);
            assertThat(council.decisions()).hasSize(1);
        }
    }
}
