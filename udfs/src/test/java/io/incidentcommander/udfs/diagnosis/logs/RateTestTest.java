// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateTestTest {
    @Property(tries = 300)
    void theTailIsThatOfTheBinomialDistribution(
            @ForAll @IntRange(max = 60) int earlier,
            @ForAll @IntRange(max = 60) int later,
            @ForAll @IntRange(min = 1, max = 99) int percent) {
        double exact = tail(earlier + later, later, percent);
        double chance = RateTest.chanceOfRise(earlier, later, percent / 100.0);
        if (later * 100 <= (earlier + later) * percent) {
            assertThat(chance).isEqualTo(1);
        } else {
            assertThat(chance).isCloseTo(exact, within(1e-9 * exact + 1e-300));
        }
    }

    @Test
    void hugeCountsGiveAnAnswerAtOnceAndNeverLeaveTheRangeOfChances() {
        assertThat(RateTest.chanceOfRise(0, 1_000_000_000L, 0.5)).isZero();
        assertThat(RateTest.chanceOfRise(1_000_000_000L, 1_000_000_001L, 0.5)).isBetween(0.4, 0.51);
        assertThat(RateTest.chanceOfRise(0, 0, 0.5)).isEqualTo(1);
    }

    @Property
    void moreEventsAreNeverLessOfASurprise(
            @ForAll @IntRange(max = 5_000) int earlier,
            @ForAll @IntRange(max = 5_000) int later,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double share) {
        double one = RateTest.chanceOfRise(earlier, later, share);
        assertThat(RateTest.chanceOfRise(earlier, later + 1, share))
                .isLessThanOrEqualTo(one * (1 + 1e-9));
    }

    @Test
    void holmAdjustsAsInHisPaper() {
        double[] adjusted = RateTest.adjusted(new double[] {0.01, 0.04, 0.03, 0.005});
        double[] expected = {0.03, 0.06, 0.06, 0.02};
        assertThat(adjusted).containsExactly(expected, within(1e-12));
    }

    @Property
    void adjustedChancesAreNeverSmallerAndKeepTheOrder(@ForAll @Size(max = 20) double[] any) {
        double[] chances = Arrays.stream(any).map(x -> Math.abs(x % 1)).toArray();
        double[] adjusted = RateTest.adjusted(chances);
        for (int i = 0; i < chances.length; i++) {
            assertThat(adjusted[i]).isBetween(Math.min(1, chances[i]), 1.0);
            for (int j = 0; j < chances.length; j++) {
                if (chances[i] < chances[j]) {
                    assertThat(adjusted[i]).isLessThanOrEqualTo(adjusted[j]);
                }
            }
        }
    }

    /** By rational numbers. */
    private static double tail(int n, int k, int percent) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int i = 0; i <= n; i++) {
            if (i >= k) {
                sum =
                        sum.add(
                                choose.multiply(BigInteger.valueOf(percent).pow(i))
                                        .multiply(BigInteger.valueOf(100 - percent).pow(n - i)));
            }
            choose = choose.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return new BigDecimal(sum)
                .divide(new BigDecimal(BigInteger.valueOf(100).pow(n)), MathContext.DECIMAL128)
                .doubleValue();
    }
}
