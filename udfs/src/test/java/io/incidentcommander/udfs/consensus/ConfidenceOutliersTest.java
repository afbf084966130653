// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is far from the others, whatever fewer than half of these say. */
class ConfidenceOutliersTest {
    private static final String WHO = DefaultRoster.DETECTION_RULES.agent();
    private static final List<String> OTHERS =
            List.of(
                    DefaultRoster.DIAGNOSIS_MODEL.agent(),
                    DefaultRoster.DIAGNOSIS_CAUSAL.agent(),
                    DefaultRoster.PREDICTION_SEASONAL.agent(),
                    DefaultRoster.PREDICTION_LSTM.agent(),
                    DefaultRoster.RESOLUTION_RUNBOOK.agent());

    private final RoundRequest request =
            new Table(Agents.weighted(Agents.defaultRoster())).request();

    /** Mean and standard deviation of these would let 0 pass: 0.54 and 0.44. */
    @Test
    void liarsDoNotMakeRoomForOneAnother() {
        assertThat(unlikeOthers(0, 0.9, 0.9, 0.9, 0, 0)).isTrue();
        assertThat(ConfidenceOutliers.unlikeItself(vote(WHO, 0), history(0.9, 5, 0, 4))).isTrue();
    }

    @Property
    void twoOfFiveOthersMakeNoOutlierOfWhoIsWithTheRest(
            @ForAll @Size(2) List<@DoubleRange(min = 0, max = 1) Double> liars,
            @ForAll @Size(4) List<@DoubleRange(min = 0.7, max = 0.9) Double> honest) {
        assertThat(
                        unlikeOthers(
                                honest.get(0),
                                honest.get(1),
                                honest.get(2),
                                honest.get(3),
                                liars.get(0),
                                liars.get(1)))
                .isFalse();
    }

    @Test
    void nearAgreementMakesNoOutlier() {
        assertThat(unlikeOthers(0.75, 0.9, 0.9, 0.9, 0.9, 0.9)).isFalse();
        assertThat(unlikeOthers(0.6, 0.9, 0.9, 0.9, 0.9, 0.9)).isTrue();
    }

    @Test
    void ofFewOthersOrASmallPastAndOfAnAbstentionNothingIsSaid() {
        assertThat(unlikeOthers(0.1, 0.9, 0.9)).isFalse();
        assertThat(unlikeOthers(0.1, 0.9, 0.9, 0.9)).isTrue();
        SignedRecommendation low = vote(WHO, 0.1);
        assertThat(ConfidenceOutliers.unlikeItself(low, history(0.9, 7, 0, 0))).isFalse();
        assertThat(ConfidenceOutliers.unlikeItself(low, history(0.9, 8, 0, 0))).isTrue();
        SignedRecommendation none = Agents.vote(request, WHO, ActionId.ABSTAIN, 0.1);
        assertThat(ConfidenceOutliers.unlikeItself(none, history(0.9, 8, 0, 0))).isFalse();
        assertThat(ConfidenceOutliers.unlikeOthers(none, all(none, 0.9, 0.9, 0.9))).isFalse();
    }

    private boolean unlikeOthers(double own, double... others) {
        SignedRecommendation vote = vote(WHO, own);
        return ConfidenceOutliers.unlikeOthers(vote, all(vote, others));
    }

    private List<SignedRecommendation> all(SignedRecommendation vote, double... others) {
        List<SignedRecommendation> all = new ArrayList<>();
        all.add(vote);
        for (int i = 0; i < others.length; i++) {
            all.add(vote(OTHERS.get(i), others[i]));
        }
        return all;
    }

    private SignedRecommendation vote(String agent, double confidence) {
        return Agents.vote(request, agent, Agents.RESTART.id(), confidence);
    }

    private static double[] history(double usual, int times, double other, int otherTimes) {
        double[] history = new double[times + otherTimes];
        Arrays.fill(history, 0, times, usual);
        Arrays.fill(history, times, history.length, other);
        return history;
    }
}
