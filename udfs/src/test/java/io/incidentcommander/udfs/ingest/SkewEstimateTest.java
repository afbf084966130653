// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SkewEstimateTest {
    private static final long DAY = 86_400_000;
    private static final long NOW = 1_700_000_000_000L;

    private final SkewEstimate estimate = new SkewEstimate();

    @Property
    void aPlausibleDelayIsNotCorrected(
            @ForAll @Size(min = 1, max = 50)
                    List<@LongRange(min = -2_000, max = 600_000) Long> delays) {
        SkewEstimate any = new SkewEstimate();
        for (int i = 0; i < delays.size(); i++) {
            long arrival = NOW + i * 10_000L;
            assertThat(any.correct(arrival - delays.get(i), arrival))
                    .isEqualTo(arrival - delays.get(i));
        }
    }

    @Property
    void aClockThatIsOffIsCorrectedToItsLeastDelay(
            @ForAll @LongRange(min = 610_000, max = 10 * DAY) long off,
            @ForAll boolean ahead,
            @ForAll @Size(min = 1, max = 20) List<@LongRange(max = 5_000) Long> delays) {
        SkewEstimate any = new SkewEstimate();
        long skew = ahead ? -off : off;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < delays.size(); i++) {
            long arrival = NOW + i;
            least = Math.min(least, delays.get(i));
            assertThat(any.correct(arrival - delays.get(i) - skew, arrival))
                    .isEqualTo(arrival - (delays.get(i) - least));
        }
    }

    @Example
    void aJumpForwardIsCorrectedAtOnceAndAJumpBackAfterTwoWindows() {
        estimate.correct(NOW - 100, NOW);
        assertThat(estimate.correct(NOW + 1_000 + DAY, NOW + 1_000)).isEqualTo(NOW + 1_000);

        SkewEstimate back = new SkewEstimate();
        back.correct(NOW - 100, NOW);
        assertThat(back.correct(NOW + 1_000 - DAY, NOW + 1_000)).isEqualTo(NOW + 1_000 - DAY);
        long later = NOW + 120_000;
        back.correct(later - 60_000 - DAY, later - 60_000);
        assertThat(back.correct(later - DAY, later)).isEqualTo(later);
    }

    @Example
    void oneWrongClockInAPartitionMovesNobodyElse() {
        estimate.correct(NOW + DAY, NOW);

        assertThat(estimate.correct(NOW - 100, NOW + 10)).isEqualTo(NOW - 100);
    }

    @Example
    void anEstimateGoesOnFromItsParts() {
        estimate.correct(NOW + DAY, NOW);
        SkewEstimate restored =
                new SkewEstimate(estimate.windowStart(), estimate.current(), estimate.previous());

        assertThat(restored.correctionMillis()).isEqualTo(-DAY);
    }

    @Example
    void aCorrectionEndsTwoWindowsAfterTheClockWasMended() {
        estimate.correct(NOW + DAY, NOW);
        estimate.correct(NOW + 60_000, NOW + 60_000);
        assertThat(estimate.correctionMillis()).isEqualTo(-DAY);

        estimate.correct(NOW + 120_000, NOW + 120_000);

        assertThat(estimate.correctionMillis()).isZero();
    }
}
