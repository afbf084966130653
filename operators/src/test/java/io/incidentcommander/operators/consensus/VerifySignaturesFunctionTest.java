// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static io.incidentcommander.operators.consensus.Council.FLUSH;
import static io.incidentcommander.operators.consensus.Council.NOW;
import static io.incidentcommander.operators.consensus.Council.RESTART;
import static io.incidentcommander.operators.consensus.Council.SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import java.util.List;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Signatures before the tally: what is known to hold, what is known not to, and what is not. */
class VerifySignaturesFunctionTest {
    private static final DefaultRoster MODEL = DefaultRoster.DIAGNOSIS_MODEL;

    @Test
    void onlyTheKeyInForceMakesAVoteValid() throws Exception {
        SignedRecommendation first = vote(1);
        SignedRecommendation second = vote(2);
        try (var verify = verify()) {
            tell(verify, Council.registered(MODEL, 1, 0));
            cast(verify, first);
            cast(verify, second); // a key nobody has told of here yet
            tell(verify, Council.registered(MODEL, 2, 1));
            cast(verify, first);
            cast(verify, second);
            assertThat(verify.extractOutputValues())
                    .allMatch(input -> input.vote().isPresent())
                    .extracting(TallyInput::check)
                    .containsExactly(
                            SignatureCheck.VALID,
                            SignatureCheck.UNCHECKED,
                            SignatureCheck.UNCHECKED,
                            SignatureCheck.VALID);
        }
    }

    @Test
    void anOlderKeyThatIsToldLateTakesNoNewerOnesPlace() throws Exception {
        try (var verify = verify()) {
            tell(verify, Council.registered(MODEL, 2, 1));
            tell(verify, Council.registered(MODEL, 1, 0));
            cast(verify, vote(2));
            assertThat(verify.extractOutputValues())
                    .extracting(TallyInput::check)
                    .containsExactly(SignatureCheck.VALID);
        }
    }

    @Test
    void whatWasChangedAfterItWasSignedIsAFindingAndNoVote() throws Exception {
        SignedRecommendation signed = vote(1);
        SignedRecommendation changed =
                new SignedRecommendation(
                        signed.recommendation().toBuilder().action(SCALE.id()).build(),
                        signed.signature());
        try (var verify = verify()) {
            tell(verify, Council.registered(MODEL, 1, 0));
            cast(verify, changed);
            List<TallyInput> out = verify.extractOutputValues();
            assertThat(out).hasSize(1);
            assertThat(out.get(0).vote()).isEmpty();
            assertThat(out.get(0).finding().orElseThrow().kind())
                    .isEqualTo(FindingKind.BAD_SIGNATURE);
        }
    }

    @Test
    void anAgentOfAnotherTenantIsNotKnownHere() throws Exception {
        try (var verify = verify()) {
            tell(verify, Council.registered("other", MODEL, 1, 0));
            cast(verify, vote(1));
            assertThat(verify.extractOutputValues())
                    .extracting(TallyInput::check)
                    .containsExactly(SignatureCheck.UNCHECKED);
        }
    }

    @Test
    void aProposalIsCheckedLikeAVote() throws Exception {
        SignedProposal good;
        try (Council council = new Council()) {
            council.ask(Council.question("i1"), NOW);
            good = Council.proposal(council.request(), MODEL, FLUSH);
        }
        try (var verify = verify()) {
            propose(verify, good); // nobody is known yet
            tell(verify, Council.registered(MODEL, 1, 0));
            propose(verify, good);
            propose(verify, good.signed(new byte[64]));
            List<TallyInput> out = verify.extractOutputValues();
            assertThat(out.get(0)).isEqualTo(TallyInput.of(good, SignatureCheck.UNCHECKED));
            assertThat(out.get(1)).isEqualTo(TallyInput.of(good, SignatureCheck.VALID));
            assertThat(out.get(2).finding().orElseThrow().kind())
                    .isEqualTo(FindingKind.BAD_SIGNATURE);
            assertThat(out).hasSize(3);
        }
    }

    /** Signed by the agent's key of that epoch, under whichever terms. */
    private static SignedRecommendation vote(int epoch) throws Exception {
        try (Council council = new Council()) {
            council.control(Council.registered(MODEL, epoch, epoch - 1));
            council.ask(Council.question("i1"), NOW);
            RoundRequest request = council.request();
            return Council.vote(request, MODEL, RESTART.id(), 0.9);
        }
    }

    private static void tell(
            TwoInputStreamOperatorTestHarness<TallyInput, RegisteredAgent, TallyInput> on,
            RegisteredAgent message)
            throws Exception {
        on.processElement2(new StreamRecord<>(message));
    }

    private static void cast(
            TwoInputStreamOperatorTestHarness<TallyInput, RegisteredAgent, TallyInput> on,
            SignedRecommendation vote)
            throws Exception {
        on.processElement1(new StreamRecord<>(TallyInput.of(vote, SignatureCheck.UNCHECKED)));
    }

    private static void propose(
            TwoInputStreamOperatorTestHarness<TallyInput, RegisteredAgent, TallyInput> on,
            SignedProposal proposal)
            throws Exception {
        on.processElement1(new StreamRecord<>(TallyInput.of(proposal, SignatureCheck.UNCHECKED)));
    }

    private static TwoInputStreamOperatorTestHarness<TallyInput, RegisteredAgent, TallyInput>
            verify() throws Exception {
        var harness =
                new TwoInputStreamOperatorTestHarness<TallyInput, RegisteredAgent, TallyInput>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                new VerifySignaturesFunction(), List.of(AgentKeys.DESCRIPTOR)));
        harness.open();
        return harness;
    }
}
