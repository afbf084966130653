// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.storm.Schedule;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
    private static final long RATE = 50_000;

    @Test
    void whatGoesThroughABrokerRisesToTheRateInTheWarmUpAndStaysThere() {
        LoadPlan plan = plan(Duration.ofMinutes(2), Duration.ofSeconds(60));

        assertThat(inSecond(plan, 0)).isEqualTo(RATE / 5);
        assertThat(inSecond(plan, 39)).isEqualTo(RATE / 5);
        assertThat(inSecond(plan, 65)).isBetween(RATE / 2, RATE * 2 / 3);
        for (int second = 90; second < 180; second++) {
            assertThat(inSecond(plan, second)).isEqualTo(RATE);
        }
        assertThat(plan.records()).isEqualTo(published(plan, 180));
    }

    @Test
    void withoutAWarmUpAllOfTheRateIsPublishedFromTheFirstSecond() {
        LoadPlan plan = plan(Duration.ZERO, Duration.ofSeconds(3));

        assertThat(plan.records()).isEqualTo(3 * RATE);
        assertThat(inSecond(plan, 0)).isEqualTo(RATE);
    }

    private static long inSecond(LoadPlan plan, int second) {
        return published(plan, second + 1) - published(plan, second);
    }

    private static long published(LoadPlan plan, int seconds) {
        Schedule schedule = plan.publication();
        return schedule.recordsWithin(Duration.ofSeconds(seconds));
    }

    private static LoadPlan plan(Duration warmUp, Duration duration) {
        return new LoadPlan(
                StormSpec.builder().build(),
                RATE,
                warmUp,
                duration,
                Duration.ZERO,
                CommanderConfiguration.defaults(),
                LoadTransport.KAFKA,
                LoadDiagnosis.OFF,
                LoadStages.ALL);
    }
}
