// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupingScoreTest {
    /** Ten alerts: phase scan in A three times, in B once; crack in A once, in none once. */
    private static final List<LabelledAlert> ALERTS =
            List.of(
                    new LabelledAlert("delivered", "A", "scan", "scan"),
                    new LabelledAlert("duplicate", "A", "scan", "scan"),
                    new LabelledAlert("duplicate", "A", "scan", "scan"),
                    new LabelledAlert("duplicate", "A", "crack", "crack"),
                    new LabelledAlert("delivered", "B", "scan", "scan"),
                    new LabelledAlert("grouped", "B", "", ""),
                    new LabelledAlert("sampled_out", "", "crack", "crack"),
                    new LabelledAlert("delivered", "C", "", ""),
                    new LabelledAlert("duplicate", "C", "stop", ""),
                    new LabelledAlert("delivered", "", "", ""));

    private final GroupingScore score = new GroupingScore(ALERTS, 3);

    @Test
    void reductionIsOfIncidentsAgainstAlerts() {
        assertThat(score.reduction()).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void survivorsAreKeptAndInAnIncident() {
        assertThat(score.survivorShare()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void aPhaseIsFoundIfOneOfItsAlertsSurvives() {
        assertThat(score.phasesByTime())
                .isEqualTo(Map.of("scan", true, "crack", false, "stop", false));
        assertThat(score.phasesByEvent()).isEqualTo(Map.of("scan", true, "crack", false));
        assertThat(GroupingScore.recall(score.phasesByTime())).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void purityIsTheMeanOverIncidentsWithAttackAlerts() {
        assertThat(score.attackIncidents()).isEqualTo(2);
        assertThat(score.purity()).isCloseTo((0.75 + 1) / 2, within(1e-9));
    }

    @Test
    void pairsAreOfAttackAlertsTogetherAgainstOfOnePhase() {
        assertThat(score.pairPrecision()).isCloseTo(3.0 / 6, within(1e-9));
        assertThat(score.pairRecall()).isCloseTo(3.0 / 7, within(1e-9));
        assertThat(score.pairF1()).isCloseTo(6.0 / 13, within(1e-9));
    }
}
