// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures that people rely on; that they are kept is shown elsewhere. */
class ChannelHabitsTest {
    @ParameterizedTest
    @CsvSource({
        "SLACK, 1000, 5",
        "PAGERDUTY, 500, 10",
        "EMAIL, 100, 50",
        "WEBHOOK, 100, 10",
        "LOG, 100, 10"
    })
    void aChannelHasItsPace(ChannelKind kind, long intervalMillis, int burst) {
        assertThat(ChannelHabits.of(kind).pace().intervalMillis()).isEqualTo(intervalMillis);
        assertThat(ChannelHabits.of(kind).pace().burst()).isEqualTo(burst);
    }

    @Test
    void theSameIsNotToldTwiceWithinFiveMinutes() {
        assertThat(ChannelRules.defaults().deduplicationMillis()).isEqualTo(300_000);
    }

    @ParameterizedTest
    @EnumSource(ChannelKind.class)
    void nothingWaitsForCompanyUntilTenSecondsAreOver(ChannelKind kind) {
        ChannelHabits habits = ChannelHabits.of(kind);
        assertThat(Math.max(habits.firstWaitMillis(), habits.updateWaitMillis()))
                .isLessThan(10_000);
    }
}
