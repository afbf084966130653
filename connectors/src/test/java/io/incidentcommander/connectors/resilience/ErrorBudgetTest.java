// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.resilience.ErrorBudget.Burn;
import io.incidentcommander.connectors.resilience.ErrorBudget.CallResult;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {
    private static final long HOUR = 3_600_000;
    private static final long START = 1_700_000_040_000L;

    private final ErrorBudget budget = new ErrorBudget(0.999);

    @Test
    void oneInAThousandBurnsExactlyTheBudget() {
        calls(START, START + HOUR, 1000);

        assertThat(budget.burnRate(START + HOUR - 1, Duration.ofHours(1)))
                .isEqualTo(1, Offset.offset(1e-9));
        assertThat(budget.burn(START + HOUR - 1)).isEqualTo(Burn.WITHIN_BUDGET);
    }

    @Test
    void threeInAHundredBurnFastAndStopAlarmingSoonAfterTheyStop() {
        calls(START, START + HOUR, 33);
        assertThat(budget.burn(START + HOUR - 1)).isEqualTo(Burn.FAST);

        calls(START + HOUR, START + HOUR + 360_000, Integer.MAX_VALUE);
        assertThat(budget.burn(START + HOUR + 359_999)).isNotEqualTo(Burn.FAST);
    }

    @Test
    void oneInAHundredBurnsSlowly() {
        calls(START, START + 6 * HOUR, 100);

        assertThat(budget.burn(START + 6 * HOUR - 1)).isEqualTo(Burn.SLOW);
    }

    @Test
    void forgetsAfterSixHours() {
        calls(START, START + HOUR, 2);

        assertThat(budget.burnRate(START + 8 * HOUR, Duration.ofHours(6))).isZero();
        budget.record(START + 8 * HOUR, CallResult.GOOD);
        budget.record(START, CallResult.ERROR);
        assertThat(budget.burnRate(START + 8 * HOUR, Duration.ofHours(6))).isZero();
    }

    /** One call each 100 ms, every so manieth of them an error. */
    private void calls(long from, long until, int oneIn) {
        int i = 0;
        for (long at = from; at < until; at += 100) {
            budget.record(at, ++i % oneIn == 0 ? CallResult.ERROR : CallResult.GOOD);
        }
    }
}
