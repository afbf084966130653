// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static io.incidentcommander.operators.consensus.Council.FLUSH;
import static io.incidentcommander.operators.consensus.Council.NOW;
import static io.incidentcommander.operators.consensus.Council.RESTART;
import static io.incidentcommander.operators.consensus.Council.SCALE;
import static io.incidentcommander.operators.consensus.Council.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.udfs.consensus.CertificateVerifier;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TallyFunctionTest {
    private static final ActionId R = RESTART.id();
    private static final ActionId S = SCALE.id();
    private static final long DAY = 24L * 3_600_000;

    private static void allVote(Council council, RoundRequest request, ActionId action)
            throws Exception {
        for (DefaultRoster member : DefaultRoster.values()) {
            council.cast(Council.vote(request, member, action, 0.9));
        }
    }

    @Test
    void agentsAreAskedAndDecideAndAllStateButStandingsEnds() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            assertThat(council.requests()).hasSize(1);
            allVote(council, council.request(), R);

            assertThat(council.decisions()).hasSize(1);
            Decision decision = council.decisions().get(0);
            assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
            assertThat(decision.action()).isEqualTo(RESTART);
            assertThat(
                            new CertificateVerifier(new Ed25519Signatures())
                                    .check(decision.certificate()))
                    .isEmpty();

            council.ask(Council.question("i1"), NOW + 1);
            council.time(NOW + 600_001);
            council.ask(Council.question("i1"), NOW + 600_002);
            allVote(council, council.request(), S);
            assertThat(council.decisions()).hasSize(1);

            council.time(NOW + 2 * DAY);
            assertThat(council.decisions()).hasSize(1);
            assertThat(council.harness.numEventTimeTimers()).isZero();
            // The confidences of those who voted in time, and the threat; the agents' keys are
            // broadcast and not counted.
            assertThat(council.stateEntries()).isEqualTo(2);
        }
    }

    @Test
    void silenceEndsByEventTimeAlone() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            council.time(NOW + 119_999);
            assertThat(council.decisions()).isEmpty();
            assertThat(council.requests()).hasSize(3);
            council.time(NOW + 120_000);
            assertThat(council.decisions()).hasSize(1);
            assertThat(council.decisions().get(0).status()).isEqualTo(DecisionStatus.UNRESOLVED);
            council.time(NOW + 2 * DAY);
            assertThat(council.harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aRestoreBetweenVotesLosesNoneAndDecidesOnce() throws Exception {
        OperatorSubtaskState state;
        RoundRequest request;
        try (Council before = new Council()) {
            before.ask(Council.question("i1"), NOW);
            request = before.request();
            before.cast(Council.vote(request, DefaultRoster.DETECTION_RULES, R, 0.9));
            before.cast(Council.vote(request, DefaultRoster.DIAGNOSIS_MODEL, S, 0.9));
            state = before.harness.snapshot(1, 1);
            // Lost with the failure, and sent again below.
            before.cast(Council.vote(request, DefaultRoster.DIAGNOSIS_CAUSAL, R, 0.9));
        }
        try (Council after = new Council(1, 1, 0, state)) {
            after.cast(Council.vote(request, DefaultRoster.DIAGNOSIS_MODEL, R, 0.4));
            after.cast(Council.vote(request, DefaultRoster.DIAGNOSIS_CAUSAL, R, 0.9));
            after.cast(Council.vote(request, DefaultRoster.PREDICTION_LSTM, R, 0.9));
            after.cast(Council.vote(request, DefaultRoster.PREDICTION_SEASONAL, R, 0.9));
            assertThat(after.decisions()).hasSize(1);
            assertThat(after.decisions().get(0).certificate().last().votes()).hasSize(5);
            // Asked again after the failure the model said something else: no fault.
            assertThat(after.findings()).allSatisfy(f -> assertThat(f.kind().points()).isZero());
            after.time(NOW + 2 * DAY);
            assertThat(after.decisions()).hasSize(1);
            assertThat(after.harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatAnAgentProposedIsDecidedInTheNextRoundThoughTheStateWasRestored() throws Exception {
        OperatorSubtaskState state;
        SignedProposal proposal;
        try (Council before = new Council()) {
            before.ask(Council.question("i1"), NOW);
            proposal = Council.proposal(before.request(), DefaultRoster.DIAGNOSIS_MODEL, FLUSH);
            before.send(TallyInput.of(proposal, SignatureCheck.VALID));
            state = before.harness.snapshot(1, 1);
        }
        try (Council after = new Council(1, 1, 0, state)) {
            after.send(TallyInput.of(proposal, SignatureCheck.VALID)); // delivered again
            after.time(NOW + 40_000);
            assertThat(after.request().terms().round()).isEqualTo(2);
            assertThat(after.request().terms().candidates().actions())
                    .containsExactly(RESTART, SCALE, FLUSH, Action.ESCALATE, Action.NO_ACTION);
            allVote(after, after.request(), FLUSH.id());
            Decision decision = after.decisions().get(0);
            assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
            assertThat(decision.action()).isEqualTo(FLUSH);
            assertThat(
                            new CertificateVerifier(new Ed25519Signatures())
                                    .check(decision.certificate()))
                    .isEmpty();
        }
    }

    @Test
    void aForgedProposalIsAFindingAndOneOfNothingThatIsKnownIsNothing() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            RoundRequest request = council.request();
            SignedProposal good = Council.proposal(request, DefaultRoster.DIAGNOSIS_MODEL, FLUSH);
            SignedProposal forged = good.signed(new byte[64]);
            council.send(TallyInput.of(forged, SignatureCheck.UNCHECKED));
            assertThat(council.findings())
                    .singleElement()
                    .satisfies(f -> assertThat(f.kind()).isEqualTo(FindingKind.BAD_SIGNATURE));
            SignedProposal unknown =
                    Council.proposal(
                            request,
                            DefaultRoster.DETECTION_RULES,
                            new Action("format-disk", "1", "checkout", Map.of()));
            council.send(TallyInput.of(unknown, SignatureCheck.VALID));
            council.time(NOW + 40_000);
            assertThat(council.request().terms().candidates().actions()).hasSize(4);
            council.send(TallyInput.of(good, SignatureCheck.VALID)); // its round is over
            council.time(NOW + 80_000);
            assertThat(council.request().terms().candidates().actions()).hasSize(4);
        }
    }

    @Test
    void aProposalThatOvertakesItsQuestionLeavesNothingBehind() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            SignedProposal good =
                    Council.proposal(council.request(), DefaultRoster.DIAGNOSIS_MODEL, FLUSH);
            try (Council other = new Council()) {
                other.send(TallyInput.of(good, SignatureCheck.VALID));
                assertThat(other.stateEntries()).isZero();
            }
        }
    }

    @Test
    void aVoteThatOvertakesItsQuestionIsKeptForIt() throws Exception {
        List<SignedRecommendation> votes = new ArrayList<>();
        try (Council other = new Council()) {
            other.ask(Council.question("i1"), NOW);
            for (DefaultRoster member : DefaultRoster.values()) {
                votes.add(Council.vote(other.request(), member, R, 0.9));
            }
        }
        try (Council council = new Council()) {
            council.time(NOW - 1);
            for (SignedRecommendation vote : votes) {
                council.cast(vote);
            }
            assertThat(council.decisions()).isEmpty();
            council.ask(Council.question("i1"), NOW);
            assertThat(council.decisions()).hasSize(1);
        }
        try (Council never = new Council()) {
            never.time(NOW - 1);
            never.send(TallyInput.of(votes.get(0), SignatureCheck.UNCHECKED));
            assertThat(never.stateEntries()).isZero(); // nobody registered is known to have sent it
            never.cast(votes.get(0));
            assertThat(never.stateEntries()).isPositive();
            never.time(NOW + 120_000);
            assertThat(never.harness.numEventTimeTimers()).isZero();
            assertThat(never.stateEntries()).isZero();
        }
    }

    @Test
    void rescalingTakesEachTenantsDeliberationsAndAllAgentsAlong() throws Exception {
        List<String> tenants = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tenants.add("tenant" + i);
        }
        OperatorSubtaskState state;
        List<RoundRequest> requests;
        try (Council one = new Council(128, 1, 0, null)) {
            for (String tenant : tenants) {
                for (DefaultRoster member : DefaultRoster.values()) {
                    one.control(Council.registered(tenant, member, 1, 0));
                }
                one.ask(Council.question(tenant, "i"), NOW);
            }
            requests = one.requests();
            state = one.harness.snapshot(1, 1);
        }
        int decided = 0;
        for (int index = 0; index < 3; index++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, 128, 1, 3, index);
            try (Council third = new Council(128, 3, index, part)) {
                KeyGroupRange mine =
                        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(128, 3, index);
                for (RoundRequest request : requests) {
                    int group =
                            KeyGroupRangeAssignment.assignToKeyGroup(request.terms().tenant(), 128);
                    if (mine.contains(group)) {
                        allVote(third, request, R);
                    }
                }
                assertThat(third.decisions()).hasSizeLessThan(12);
                third.time(NOW + 2 * DAY);
                third.decisions()
                        .forEach(d -> assertThat(d.status()).isEqualTo(DecisionStatus.DECIDED));
                decided += third.decisions().size();
                assertThat(third.harness.numEventTimeTimers()).isZero();
            }
        }
        assertThat(decided).isEqualTo(12);
    }

    @Test
    void anEquivocatorIsQuarantinedBeforeTheNextRound() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            RoundRequest request = council.request();
            council.cast(Council.vote(request, DefaultRoster.DIAGNOSIS_MODEL, S, 0.9));
            council.cast(
                    Council.sign(
                            Recommendation.builder()
                                    .answering(request)
                                    .from(request.terms().roster().seats().get(2))
                                    .action(R)
                                    .confidence(0.9)
                                    .requestId("another")));
            assertThat(council.findings())
                    .extracting(finding -> finding.kind())
                    .containsExactly(FindingKind.EQUIVOCATION);
            council.ask(Council.question("i2"), NOW + 1_000);
            assertThat(
                            council.request()
                                    .terms()
                                    .roster()
                                    .seat("diagnosis/model")
                                    .orElseThrow()
                                    .standing())
                    .isEqualTo(SeatStanding.QUARANTINED);
            assertThat(council.request().terms().roster().tolerance())
                    .isEqualTo("tolerates 1 of 5");
        }
    }

    @Test
    void aForgedVoteIsFoundAndHeldAgainstNobody() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            SignedRecommendation vote =
                    Council.vote(council.request(), DefaultRoster.DIAGNOSIS_MODEL, S, 0.9);
            byte[] forged = vote.signature();
            forged[3] ^= 1;
            council.send(
                    TallyInput.of(
                            new SignedRecommendation(vote.recommendation(), forged),
                            SignatureCheck.UNCHECKED));
            assertThat(council.findings().get(0).kind()).isEqualTo(FindingKind.BAD_SIGNATURE);
            council.send(TallyInput.of(vote, SignatureCheck.UNCHECKED));
            council.ask(Council.question("i2"), NOW + 1_000);
            assertThat(council.request().terms().roster().trustedAgents()).isEqualTo(6);
        }
    }

    @Test
    void aRevokedKeyVotesNoMoreAndARotatedOneFromTheNextRoundOn() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            RoundRequest first = council.request();
            council.cast(Council.vote(first, DefaultRoster.DIAGNOSIS_MODEL, S, 0.9));
            council.control(Council.registered(DefaultRoster.DIAGNOSIS_MODEL, 2, 1));
            council.cast(Council.vote(first, DefaultRoster.DETECTION_RULES, R, 0.9));
            council.ask(Council.question("i2"), NOW + 1_000);
            RoundRequest second = council.request();
            assertThat(second.terms().roster().seat("diagnosis/model").orElseThrow().keyEpoch())
                    .isEqualTo(2);
            allVote(council, second, R);
            assertThat(council.decisions()).hasSize(1);
            allVote(council, first, R);
            assertThat(council.decisions()).hasSize(2);
            assertThat(council.decisions().get(1).certificate().last().votes())
                    .noneMatch(vote -> vote.agent().equals("diagnosis/model"));
        }
    }

    @Test
    void outcomesMoveReputationAndWithItThePowerOfTheNextRound() throws Exception {
        try (Council council = new Council()) {
            for (int i = 0; i < 12; i++) {
                council.ask(Council.question("i" + i), NOW + i);
                RoundRequest request = council.request();
                council.cast(Council.vote(request, DefaultRoster.PREDICTION_LSTM, S, 0.9));
                allVote(council, request, R);
                council.send(TallyInput.of(VerifiedOutcome.right(TENANT, "i" + i, 1, R, NOW + i)));
                council.send(TallyInput.of(VerifiedOutcome.right(TENANT, "i" + i, 1, R, NOW + i)));
                council.time(NOW + i);
            }
            council.ask(Council.question("last"), NOW + 1_000);
            assertThat(
                            council.request()
                                    .terms()
                                    .roster()
                                    .seat("prediction/lstm")
                                    .orElseThrow()
                                    .standing())
                    .isEqualTo(SeatStanding.QUARANTINED);
            assertThat(council.request().terms().roster().votingAgents()).isEqualTo(5);
        }
    }
}
