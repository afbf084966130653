// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnomalyPolicyTest {
    private static final long MINUTE = 60_000;
    private static final long LATENESS = 180_000;

    /** All of them at once held the alert path up for seconds. */
    @Test
    void seriesAreJudgedSpreadOverAMinuteAndEachAtThePlaceItAlwaysHas() {
        AnomalyPolicy policy = new AnomalyPolicy(6_000, 0.8, LATENESS);
        TreeMap<Long, Integer> bySecond = new TreeMap<>();
        for (long series = -3_000; series < 3_000; series++) {
            long closes = policy.closesAt(0, series);
            bySecond.merge(closes, 1, Integer::sum);
            assertThat(policy.closesAt(MINUTE, series)).isEqualTo(closes + MINUTE);
        }
        assertThat(bySecond).hasSize(60);
        assertThat(bySecond.values()).containsOnly(100);
        assertThat(bySecond.firstKey()).isEqualTo(MINUTE - 1 + LATENESS);
        assertThat(bySecond.lastKey()).isLessThan(2 * MINUTE + LATENESS);
    }
}
