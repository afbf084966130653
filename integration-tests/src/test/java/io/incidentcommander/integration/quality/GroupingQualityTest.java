// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.correlation.Baselines;
import io.incidentcommander.datagen.correlation.CorrelationScore;
import io.incidentcommander.datagen.correlation.GraphShape;
import io.incidentcommander.datagen.correlation.Grouper;
import io.incidentcommander.datagen.correlation.SimulatedStorm;
import io.incidentcommander.datagen.correlation.StormShape;
import io.incidentcommander.datagen.detection.OutcomeScore;
import org.junit.jupiter.api.Test;

/** The promises of grouping, on few seeds; docs/quality.md has them on many. */
class GroupingQualityTest {
    private static final int SERVICES = 200;

    @Test
    void eachScenarioIsOneIncidentThatIsFoundInTimeTypedRightAndHasItsOrigin() {
        OutcomeScore score = ScoreScenarios.score(1, 1001);

        assertThat(score.outcomes()).as("faults").hasSize(5);
        assertThat(score.typedInTime()).as("typed in time\n" + score.markdown()).isEqualTo(1);
        assertThat(score.exactlyOne()).as("exactly one\n" + score.markdown()).isEqualTo(1);
        assertThat(score.originInThree()).as("origin\n" + score.markdown()).isEqualTo(1);
        assertThat(score.falseIncidents()).as("false\n" + score.markdown()).isZero();
    }

    @Test
    void faultsThatOverlapInNoiseAreToldApartBetterThanTheSimpleWaysDo() {
        CorrelationScore ours = score(new CorrelatorGrouper());

        assertThat(ours.found()).as("found").isEqualTo(1);
        assertThat(ours.incidentsPerFault()).as("incidents per fault").isBetween(0.9, 1.2);
        assertThat(ours.noiseIncidents()).as("noise incidents").isLessThan(0.1);
        for (Baselines simple : Baselines.values()) {
            CorrelationScore theirs = score(simple);
            assertThat(ours.pairF1()).as("F1 against " + simple).isGreaterThan(theirs.pairF1());
            assertThat(ours.originInThree())
                    .as("origin against " + simple)
                    .isGreaterThan(theirs.originInThree());
        }
    }

    private static CorrelationScore score(Grouper grouper) {
        CorrelationScore score = new CorrelationScore();
        for (GraphShape shape : GraphShape.values()) {
            SimulatedStorm storm = SimulatedStorm.of(StormShape.of(shape, SERVICES, 1001));
            score.add(storm, grouper.group(storm.graph(), storm.alerts()));
        }
        return score;
    }
}
