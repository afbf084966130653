// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TierCostTest {
    private static BigDecimal usd(String usdPerMinute, long fromMillis, long toMillis) {
        return IncidentCost.supporting(new BigDecimal(usdPerMinute))
                .between("acme", List.of("web"), fromMillis, toMillis);
    }

    @Test
    void costsByTheMillisecondToTheCent() {
        assertThat(usd("1000", 0, 60_000)).isEqualByComparingTo("1000.00");
        assertThat(usd("1000", 5, 65)).isEqualByComparingTo("1.00");
        assertThat(usd("1000", 0, 1)).isEqualByComparingTo("0.02");
        assertThat(usd("0.3", 0, 1_000)).hasToString("0.01");
    }

    @Test
    void timeThatRunsBackCostsNothing() {
        assertThat(usd("1000", 10, 0)).isEqualByComparingTo("0");
    }

    @Test
    void refusesANegativePrice() {
        BigDecimal negative = new BigDecimal("-0.01");

        assertThatThrownBy(() -> new TierCost(negative))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
