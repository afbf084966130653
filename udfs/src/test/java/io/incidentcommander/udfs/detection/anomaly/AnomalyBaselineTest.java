// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnomalyBaselineTest {
    private static final long STEP = 300_000;
    private static final int DAY = 288;
    private static final double ALARM = 0.5;

    private final AnomalyBaseline baseline = new AnomalyBaseline();
    private final Random random = new Random(7);
    private int row;

    @Test
    void aSpikeIsNoticedWhereItIs() {
        assertThat(mostOf(3 * DAY, () -> 100 + random.nextGaussian())).isLessThan(ALARM);

        assertThat(mostOf(2, () -> 130)).isGreaterThan(ALARM);

        passOver(DAY / 12, () -> 100 + random.nextGaussian());
        assertThat(mostOf(DAY, () -> 100 + random.nextGaussian())).isLessThan(ALARM);
    }

    @Test
    void theHighOfEachDayIsUsualAndTheSameHighAtNightIsNot() {
        assertThat(mostOf(6 * DAY, () -> day(row) + random.nextGaussian())).isLessThan(ALARM);

        int noon = DAY / 2;
        assertThat(mostOf(DAY, () -> day(row + noon) + random.nextGaussian())).isGreaterThan(ALARM);
    }

    @Test
    void aDayThatDoesNotComeIsNoticed() {
        passOver(6 * DAY, () -> day(row) + random.nextGaussian());

        assertThat(mostOf(DAY, () -> day(0) + random.nextGaussian())).isGreaterThan(ALARM);
    }

    @Test
    void aNewLevelIsNoticedAndThenUsual() {
        passOver(4 * DAY, () -> 10 + random.nextGaussian());

        assertThat(mostOf(12, () -> 40 + random.nextGaussian())).isGreaterThan(ALARM);
        passOver(2 * DAY / 3, () -> 40 + random.nextGaussian());
        assertThat(next(40).expected()).isCloseTo(40, within(4.0));
        passOver(DAY / 3, () -> 40 + random.nextGaussian());
        assertThat(mostOf(2 * DAY, () -> 40 + random.nextGaussian())).isLessThan(ALARM);
    }

    @Test
    void whatStandsStillOrBecomesRestlessIsNoticed() {
        passOver(4 * DAY, () -> 10 + random.nextGaussian());
        assertThat(mostOf(DAY / 3, () -> 10)).isGreaterThan(ALARM);

        passOver(4 * DAY, () -> 10 + random.nextGaussian());
        assertThat(mostOf(DAY / 6, () -> 10 + 4 * random.nextGaussian())).isGreaterThan(ALARM);
    }

    @Test
    void burstsThatAlwaysWereDoNotAlarm() {
        passOver(4 * DAY, () -> random.nextInt(40) == 0 ? 20 : random.nextGaussian());

        assertThat(mostOf(4 * DAY, () -> random.nextInt(40) == 0 ? 20 : random.nextGaussian()))
                .isLessThan(ALARM);
    }

    @Test
    void nothingIsSaidBeforeADayWasSeen() {
        assertThat(mostOf(DAY - 1, () -> random.nextInt(9) == 0 ? 1e6 : 1)).isZero();
        assertThat(baseline.isSettled()).isFalse();
        next(1);
        assertThat(baseline.isSettled()).isTrue();
    }

    @Test
    void whatIsNoNumberIsPassedOver() {
        AnomalyBaseline other = new AnomalyBaseline();
        for (int i = 0; i < 3 * DAY; i++) {
            double value = i % 50 == 0 ? 30 : random.nextGaussian();
            double bad = i % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
            assertThat(baseline.observe(i * STEP, bad).score()).isZero();
            assertThat(baseline.observe(i * STEP, value).score())
                    .isEqualTo(other.observe(i * STEP, value).score());
        }
    }

    @Test
    void aGapAndTimesOutOfOrderDoNotAlarm() {
        passOver(4 * DAY, () -> day(row) + random.nextGaussian());
        row += 5 * DAY;
        assertThat(mostOf(DAY, () -> day(row) + random.nextGaussian())).isLessThan(ALARM);
        row -= DAY / 24; // An hour again, as where clocks are put back.
        assertThat(mostOf(DAY, () -> day(row) + random.nextGaussian())).isLessThan(ALARM);
    }

    @Test
    void aCounterIsJudgedByItsGrowthAndItsResetIsNone() {
        double[] count = {1e6};
        passOver(4 * DAY, () -> count[0] += 50 + random.nextInt(20));
        count[0] = 0;
        assertThat(mostOf(DAY, () -> count[0] += 50 + random.nextInt(20))).isLessThan(ALARM);

        assertThat(mostOf(12, () -> count[0] += 500)).isGreaterThan(ALARM);
    }

    @Test
    void boundsHoldWhatTheySay() {
        passOver(3 * DAY, () -> day(row) + random.nextGaussian());
        int within = 0;
        for (int i = 0; i < 3 * DAY; i++) {
            double value = day(row) + random.nextGaussian();
            AnomalyReading reading = next(value);
            assertThat(reading.expected()).isBetween(reading.lower(), reading.upper());
            within += value >= reading.lower() && value <= reading.upper() ? 1 : 0;
        }
        assertThat(within).isGreaterThan((int) (0.97 * 3 * DAY));
    }

    @Test
    void movingASeriesMovesItsBoundsAndNotItsScores() {
        AnomalyBaseline moved = new AnomalyBaseline();
        for (int i = 0; i < 4 * DAY; i++) {
            double value = day(i) + (i % 700 == 0 ? 40 : random.nextGaussian());
            AnomalyReading reading = baseline.observe(i * STEP, value);
            AnomalyReading other = moved.observe(i * STEP, value + 4_096);

            assertThat(other.score()).isCloseTo(reading.score(), within(1e-3));
            assertThat(other.upper()).isCloseTo(reading.upper() + 4_096, within(0.1));
        }
    }

    @Test
    void oneThresholdFindsMoreThanThoseOfTheSimpleWays() {
        List<LabelledSeries> all = LabelledSeries.of(5, 40);

        double byValues = ThresholdQuality.bestByValues(all, SeriesScorer.BASELINE).f1();
        double byWindows = ThresholdQuality.bestByWindows(all, SeriesScorer.BASELINE).f1();

        for (SeriesScorer simple : List.of(SeriesScorer.ROLLING_Z, SeriesScorer.LAST_VALUE)) {
            assertThat(byValues)
                    .isGreaterThan(1.5 * ThresholdQuality.bestByValues(all, simple).f1());
            assertThat(byWindows)
                    .isGreaterThan(1.5 * ThresholdQuality.bestByWindows(all, simple).f1());
        }
    }

    private interface Source {
        double next();
    }

    private static double day(int row) {
        return 20 * Math.sin(2 * Math.PI * row / DAY);
    }

    private AnomalyReading next(double value) {
        return baseline.observe(row++ * STEP, value);
    }

    private void passOver(int rows, Source source) {
        mostOf(rows, source);
    }

    private double mostOf(int rows, Source source) {
        double most = 0;
        for (int i = 0; i < rows; i++) {
            most = Math.max(most, next(source.next()).score());
        }
        return most;
    }
}
