// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RequestReason;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.SignedVote;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What agents have so far, or had before, where they run out of time; and lost deliberations. */
class ProvisionalVotesTest {
    private static final ActionId R = Agents.RESTART.id();
    private static final ActionId S = Agents.SCALE.id();
    private static final String RULES = DefaultRoster.DETECTION_RULES.agent();
    private static final String MODEL = DefaultRoster.DIAGNOSIS_MODEL.agent();
    private static final String CAUSAL = DefaultRoster.DIAGNOSIS_CAUSAL.agent();
    private static final String SEASONAL = DefaultRoster.PREDICTION_SEASONAL.agent();
    private static final String LSTM = DefaultRoster.PREDICTION_LSTM.agent();

    private final Table table = new Table(Agents.weighted(Agents.defaultRoster()));

    private SignedRecommendation provisional(
            String agent, ActionId action, double confidence, String kind) {
        Recommendation.Builder said =
                Agents.answer(table.request(), agent, action, confidence)
                        .requestId(table.request().requestId() + kind);
        return Agents.unsigned(said);
    }

    private void threeForR() {
        table.vote(RULES, R, 0.9);
        table.vote(CAUSAL, R, 0.9);
        table.vote(SEASONAL, R, 0.9);
    }

    @Test
    void aPartialResultCountsAtTheEndOfTheRoundAndNotBefore() {
        threeForR();
        assertThat(table.cast(provisional(MODEL, R, 0.8, Recommendation.PARTIAL)))
                .isEqualTo(VoteVerdict.PROVISIONAL);
        table.until(Agents.NOW + 39_999);
        assertThat(table.decisions).isEmpty();
        table.until(Agents.NOW + 40_000);
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(table.decisions.get(0).certificate().last().votes())
                .extracting(SignedVote::agent)
                .contains(MODEL);
    }

    @Test
    void aRoleThatIsOutOfTimeEarlierCountsWithItsCachedResultThen() {
        RoundPolicy slow =
                new RoundPolicy(
                        0.7,
                        0.6,
                        3,
                        1,
                        120_000,
                        Map.of(DefaultRoster.DIAGNOSIS_MODEL.role(), 30_000L));
        Table one = new Table(slow, Agents.weighted(Agents.defaultRoster()));
        one.vote(RULES, R, 0.9);
        one.vote(CAUSAL, R, 0.9);
        one.vote(SEASONAL, R, 0.9);
        one.cast(
                Agents.unsigned(
                        Agents.answer(one.request(), MODEL, R, 0.8)
                                .requestId(one.request().requestId() + Recommendation.CACHED)));
        one.until(Agents.NOW + 29_999);
        assertThat(one.decisions).isEmpty();
        one.until(Agents.NOW + 30_000);
        assertThat(one.decisions).hasSize(1);
        assertThat(one.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
    }

    @Test
    void aFullResultTakesItsPlaceAndIsNoEquivocation() {
        table.cast(provisional(MODEL, S, 0.4, Recommendation.PARTIAL));
        assertThat(table.cast(provisional(MODEL, R, 0.5, Recommendation.CACHED)))
                .isEqualTo(VoteVerdict.DUPLICATE);
        assertThat(table.vote(MODEL, R, 0.9)).isEqualTo(VoteVerdict.COUNTED);
        assertThat(table.cast(provisional(MODEL, S, 0.4, Recommendation.PARTIAL)))
                .isEqualTo(VoteVerdict.DUPLICATE);
        threeForR();
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).action()).isEqualTo(Agents.RESTART);
        assertThat(table.findings).isEmpty();
    }

    @Test
    void aFullResultThatComesTooLateChangesNothing() {
        table.cast(provisional(MODEL, S, 0.9, Recommendation.PARTIAL));
        table.until(Agents.NOW + 40_000);
        assertThat(table.vote(MODEL, R, 0.9)).isEqualTo(VoteVerdict.COUNTED); // of the next round
        assertThat(table.findings).isEmpty();
    }

    @Test
    void oneThatIsSpoiledUsesUpTheVote() {
        assertThat(table.cast(provisional(MODEL, R, 7, Recommendation.PARTIAL)))
                .isEqualTo(VoteVerdict.SPOILED);
        assertThat(table.vote(MODEL, R, 0.9)).isEqualTo(VoteVerdict.DUPLICATE);
    }

    @Test
    void oneUnderAKeyThatIsRevokedSinceDoesNotComeToCount() {
        threeForR();
        table.cast(provisional(MODEL, R, 0.8, Recommendation.PARTIAL));
        table.revoke(MODEL);
        table.until(Agents.NOW + 40_000);
        assertThat(table.decisions).isEmpty();
    }

    @Test
    void aLostDeliberationIsForAHumanWithTheWeightiestRecommendation() {
        Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);
        Circumstances circumstances = Agents.weighted(Agents.defaultRoster());
        Step step = deliberator.fallback(Agents.question(), Agents.NOW, circumstances);
        assertThat(step.requests().get(0).terms().protocol()).isEqualTo(Protocol.PRIORITY_FALLBACK);
        for (String agent : new String[] {LSTM, SEASONAL, RULES}) {
            step =
                    deliberator.vote(
                            step.deliberation(),
                            Agents.vote(
                                    step.requests().isEmpty()
                                            ? request(step)
                                            : step.requests().get(0),
                                    agent,
                                    agent.equals(RULES) ? S : R,
                                    0.9),
                            Agents.NOW,
                            circumstances);
            assertThat(step.decision()).isEmpty();
        }
        step = deliberator.onTime(step.deliberation(), Agents.NOW + 40_000, circumstances);
        assertThat(step.decision()).isPresent();
        assertThat(step.decision().get().status()).isEqualTo(DecisionStatus.FALLBACK);
        // 0.15 + 0.15 for the one, but the weightiest agent is for the other.
        assertThat(step.decision().get().action()).isEqualTo(Agents.SCALE);
        assertThat(step.decision().get().recommendation().orElseThrow().agent()).isEqualTo(RULES);
    }

    private static RoundRequest request(Step step) {
        return new RoundRequest(
                step.deliberation().terms(),
                RequestReason.OPENED,
                List.of(),
                step.deliberation().evidence());
    }
}
