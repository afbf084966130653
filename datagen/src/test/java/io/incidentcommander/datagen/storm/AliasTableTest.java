// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AliasTableTest {
    private static final int RANKS = 65_536;

    @Test
    void theTableItselfHoldsZipfsLaw() {
        double[] weights = AliasTable.zipf(RANKS, 1.0);
        double total = Arrays.stream(weights).sum();
        double[] p = AliasTable.of(weights).probabilities();
        for (int r = 0; r < RANKS; r++) {
            // A cell rounds by 2^-32; the richest rank is the alias of at most all cells.
            assertThat(p[r]).isCloseTo(weights[r] / total, within(0x1p-31));
        }
    }

    @Test
    void samplesFitZipfsLawByChiSquare() {
        int bins = 256;
        int samples = 1_000_000;
        double[] weights = AliasTable.zipf(RANKS, 1.0);
        double total = Arrays.stream(weights).sum();
        AliasTable table = AliasTable.of(weights);
        long[] seen = new long[bins];
        for (int n = 0; n < samples; n++) {
            seen[Math.min(bins - 1, table.sample(SplitMix.at(7, n)))]++;
        }
        double chiSquare = 0;
        for (int b = 0; b < bins; b++) {
            int to = b == bins - 1 ? RANKS : b + 1;
            double expected = samples * Arrays.stream(weights, b, to).sum() / total;
            chiSquare += (seen[b] - expected) * (seen[b] - expected) / expected;
        }
        // 255 degrees of freedom: mean 255, standard deviation sqrt(2 * 255) = 22.6; four of them.
        assertThat(chiSquare).isBetween(255 - 4 * 22.6, 255 + 4 * 22.6);
    }

    @Test
    void refusesWeightsThatAreAllZero() {
        assertThatThrownBy(() -> AliasTable.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
