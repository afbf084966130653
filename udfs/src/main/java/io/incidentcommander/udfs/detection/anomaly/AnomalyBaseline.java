// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;

/**
 * What is usual for one series, and how unusual each value is: a function of the values that came
 * so far, in the order they came. Not thread safe.
 *
 * <p>A score is made of three steps, each of a class of its own: what is expected ({@link
 * Expectation}: level, time of day, time of week), how unlikely the distance from it is for this
 * series ({@link Surprise}), and here the score, s^3 / (s^3 + 2.2^3) of that surprise s: the
 * surprise of a normal value, below 1, is nearly 0, and 2.2, once in some thousands, is a half.
 * Scaling a series, or adding to it, does not change its scores.
 *
 * <p>The first day of values, at least {@value #FEWEST} and at most {@value #MOST_AT_FIRST}, is for
 * learning and scores 0. NaN and infinities are passed over and score 0; after a pause of more than
 * twelve usual steps the value is not compared with those before it, only with what is usual.
 * Repeated times and times out of order are taken as they come, each by its own time of day. A
 * counter is judged by its growth, and its resets by nothing ({@link CounterSense}). Magnitudes are
 * told apart between 1e-30 and 1e30.
 *
 * <p>Bound: {@link BaselineMemory}, some 5 KiB, however long the series is.
 */
public final class AnomalyBaseline {
    /** Values that are learnt from before any is judged. */
    public static final int FEWEST = 50;

    /** A day of values by five minutes. */
    public static final int MOST_AT_FIRST = 288;

    /** As surprising as this is a score of a half. */
    private static final double HALF_SCORE = 2.2;

    private static final double LARGEST = 1e30;
    private static final double OUTSIDE = 0.01;

    private CounterSense counter = new CounterSense();
    private Cadence cadence = new Cadence();
    private Expectation expectation = new Expectation();
    private Surprise surprise = new Surprise();
    private RecentResiduals recent = new RecentResiduals();
    private double seen;

    /** Of a series of which nothing is known. */
    public AnomalyBaseline() {}

    /** As it was when it was put away. */
    public static AnomalyBaseline of(BaselineMemory memory) {
        AnomalyBaseline baseline = new AnomalyBaseline();
        BaselineMemory.Reader from = memory.reader();
        baseline.seen = from.number();
        baseline.counter.restore(from);
        baseline.cadence.restore(from);
        baseline.expectation.restore(from);
        baseline.surprise.restore(from);
        baseline.recent.restore(from);
        return baseline;
    }

    /** All there is to know to go on later. */
    public BaselineMemory memory() {
        BaselineMemory.Writer to = new BaselineMemory.Writer();
        to.number(seen);
        counter.save(to);
        cadence.save(to);
        expectation.save(to);
        surprise.save(to);
        recent.save(to);
        return to.written();
    }

    /** Whether enough is known to judge the next value. */
    public boolean isSettled() {
        return seen >= enough();
    }

    /** Judges a value by those before it, and learns from it. */
    public AnomalyReading observe(long timeMillis, double value) {
        if (!Double.isFinite(value)) {
            return AnomalyReading.nothing();
        }
        double within = Math.max(-LARGEST, Math.min(LARGEST, value));
        double growth = counter.growth(within);
        switch (counter.read(within, enough())) {
            case GAUGE:
                return judge(timeMillis, within);
            case GROWTH:
                return judge(timeMillis, growth);
            case TURNED_COUNTER:
                begin();
                return judge(timeMillis, growth);
            case TURNED_GAUGE:
                begin();
                return judge(timeMillis, within);
            case RESET:
            default:
                return AnomalyReading.nothing();
        }
    }

    private AnomalyReading judge(long time, double value) {
        if (cadence.tick(time)) {
            recent.clear();
        }
        boolean settled = isSettled();
        double expected = expectation.at(time, value);
        double residual = (float) (value - expected);
        if (Math.abs(residual) < expectation.rounding(time, value)) {
            residual = 0;
        }
        double deviation = expectation.deviation(time);
        double reach = surprise.deviationsExceededBy(OUTSIDE);
        double surprised = surprise.of(residual, deviation, recent, cadence);
        expectation.learn(time, value, residual, recent, cadence);
        seen++;
        return AnomalyReading.of(settled ? score(surprised) : 0, value, expected, deviation, reach);
    }

    private static double score(double surprise) {
        double cubed = Math.pow(surprise / HALF_SCORE, 3);
        return cubed / (cubed + 1);
    }

    private double enough() {
        return Math.max(FEWEST, Math.min(MOST_AT_FIRST, cadence.pointsPerDay()));
    }

    /** What was learnt is of something else. */
    private void begin() {
        expectation = new Expectation();
        surprise = new Surprise();
        recent = new RecentResiduals();
        seen = 0;
    }
}
