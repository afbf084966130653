// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TierCostTest {
    private final TierCost cost = new TierCost(new BigDecimal("1000"));

    @Test
    void costsByTheMillisecondToTheCent() {
        assertThat(cost.between(0, 60_000)).isEqualByComparingTo("1000.00");
        assertThat(cost.between(5, 65)).isEqualByComparingTo("1.00");
        assertThat(cost.between(0, 1)).isEqualByComparingTo("0.02");
        assertThat(new TierCost(new BigDecimal("0.3")).between(0, 1_000)).hasToString("0.01");
    }

    @Test
    void timeThatRunsBackCostsNothing() {
        assertThat(cost.between(10, 0)).isEqualByComparingTo("0");
    }

    @Test
    void refusesANegativePrice() {
        BigDecimal negative = new BigDecimal("-0.01");

        assertThatThrownBy(() -> new TierCost(negative))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
