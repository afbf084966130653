// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;
import java.util.Arrays;

/**
 * How far a series usually is above or below its level, by the time of the day or of the week, and
 * how much it varies then. It is judged all along by what it would have said of each value before
 * it learnt from it: see {@link #explains}. Times are UTC. Not thread safe.
 */
final class Season {
    private static final long DAY_MILLIS = 86_400_000;

    /** So many visits of a time of day weigh about the same; from then on older ones fade. */
    private static final int VISITS = 6;

    /** Bounds on what one value may do to what was learnt, in usual deviations. */
    private static final double MOST_STEP = 3;

    private static final double MOST_ERROR = 5;

    /** A season has to spare a quarter of the error that is made without it. */
    private static final double ENOUGH = 0.75;

    private final long periodMillis;
    private final float[] offsets;
    private final float[] spreads;
    private final float[] visits;
    private long lastVisit = Long.MIN_VALUE;
    private double error;
    private double errorWithout;
    private double judged;

    private Season(long periodMillis, int buckets) {
        this.periodMillis = periodMillis;
        offsets = new float[buckets];
        spreads = new float[buckets];
        visits = new float[buckets];
    }

    /** By quarters of an hour. */
    static Season ofDay() {
        return new Season(DAY_MILLIS, 96);
    }

    /** By hours. */
    static Season ofWeek() {
        return new Season(7 * DAY_MILLIS, 168);
    }

    double days() {
        return (double) periodMillis / DAY_MILLIS;
    }

    /** Whether this time was seen before. */
    boolean knows(long time) {
        return visits[bucket(time)] > 0;
    }

    double offset(long time) {
        return offsets[bucket(time)];
    }

    /** Half the overall deviation, half that of this time once it was seen twice. */
    double deviation(long time, double overall) {
        int at = bucket(time);
        return visits[at] < 2 ? overall : (overall + Math.min(spreads[at], 4 * overall)) / 2;
    }

    /** Whether values are clearly closer to this season than to that error. */
    boolean explains(double otherError) {
        return judged > 0 && error < ENOUGH * otherError;
    }

    double error() {
        return error;
    }

    /** What the plain level misses at the times this season was judged at. */
    double errorWithout() {
        return errorWithout;
    }

    /**
     * @param fromLevel the value, less the level
     * @param residual the value, less all that was expected
     * @param usual the usual deviation from the level, and that from what is expected
     */
    void learn(long time, double fromLevel, double residual, Usual usual) {
        int at = bucket(time);
        if (visits[at] > 0) {
            judge(fromLevel, fromLevel - offsets[at], usual);
        }
        long visit = Math.floorDiv(time, bucketMillis());
        if (visit != lastVisit || visits[at] == 0) {
            visits[at] = Math.min(VISITS, visits[at] + 1);
            lastVisit = visit;
        }
        double inBucket = Math.max(1, usual.pointsPerDay * days() / offsets.length);
        if (visits[at] == 1 && offsets[at] == 0) {
            offsets[at] = (float) fromLevel;
        } else {
            double rate =
                    visits[at] == 1
                            ? Math.max(1 / inBucket, 0.34)
                            : 1 - Math.pow(1 - 1 / visits[at], 1 / inBucket);
            double most = MOST_STEP * Math.max(spreads[at], usual.residual);
            double step = fromLevel - offsets[at];
            boolean bounded = visits[at] > 1 && most > 0;
            offsets[at] +=
                    (float) (rate * (bounded ? Math.max(-most, Math.min(most, step)) : step));
        }
        double rate = 1 - Math.pow(1 - 1 / Math.max(2, visits[at]), 1 / inBucket);
        spreads[at] += (float) (rate * (Math.abs(residual) - spreads[at]));
    }

    private void judge(double without, double with, Usual usual) {
        judged++;
        double rate = Math.max(1 / judged, 1 - Math.exp(-0.5 / usual.pointsPerDay));
        double most = MOST_ERROR * usual.fromLevel;
        error += rate * (Math.min(Math.abs(with), most) - error);
        errorWithout += rate * (Math.min(Math.abs(without), most) - errorWithout);
    }

    private int bucket(long time) {
        return (int) (Math.floorMod(time, periodMillis) / bucketMillis());
    }

    private long bucketMillis() {
        return periodMillis / offsets.length;
    }

    void save(BaselineMemory.Writer to) {
        to.number(lastVisit == Long.MIN_VALUE ? Double.NaN : (double) lastVisit);
        to.number(error).number(errorWithout).number(judged);
        to.table(offsets).table(spreads).table(visits);
    }

    void restore(BaselineMemory.Reader from) {
        double last = from.number();
        lastVisit = Double.isNaN(last) ? Long.MIN_VALUE : (long) last;
        error = from.number();
        errorWithout = from.number();
        judged = from.number();
        from.table(offsets);
        from.table(spreads);
        from.table(visits);
    }

    @Override
    public String toString() {
        return "season of " + days() + " days " + Arrays.toString(offsets);
    }

    /** What a season has to know of the rest of the baseline. */
    static final class Usual {
        private final double pointsPerDay;
        private final double fromLevel;
        private final double residual;

        Usual(double pointsPerDay, double fromLevel, double residual) {
            this.pointsPerDay = pointsPerDay;
            this.fromLevel = fromLevel;
            this.residual = residual;
        }
    }
}
