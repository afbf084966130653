// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;

/**
 * How unlikely the values of just now are, by four questions: is this value far from its
 * neighbours, is it far from what is expected, are the last ones together, and do they vary more or
 * less than usual? Each is answered by how rare such an answer is in this very series ({@link
 * TailDistribution}), so that the four, and the series of a whole system, can be compared. Not
 * thread safe.
 */
final class Surprise {
    /** The strongest answer counts most: the norm of this power. */
    private static final double NORM = 4;

    /** Variation alone is the weakest sign. */
    private static final double VARIATION_WEIGHT = 0.8;

    /** What is as rare as this is no example of what is usual, or only a little. */
    private static final double NO_EXAMPLE = 3;

    private static final double LITTLE = 0.3;

    /** About as many values back as this, each counts. */
    private static final double SMOOTHING = 8;

    private static final double NOW = 0.2;

    /** A single value can say half of what a row of them can. */
    private static final double ALONE = 0.5;

    private static final double HALF_LIFE_DAYS = 7;
    private static final double SHORTEST_HALF_LIFE = 1_000;
    private static final double LEAST_VARIATION = 0.05;

    private final TailDistribution jumps = new TailDistribution();
    private final TailDistribution distances = new TailDistribution();
    private final TailDistribution stays = new TailDistribution();
    private final TailDistribution variations = new TailDistribution();
    private final Spread jump = new Spread(4);
    private final Spread stay = new Spread(4);
    private final Spread change = new Spread(6);
    private double changeOfLate;
    private double seen;
    private double smoothed;

    /**
     * Weighs a value against those before it, and learns from it.
     *
     * @param residual the value, less what is expected
     * @param deviation what is usual of that at this time; 0 if there never was any
     * @param recent the residuals before this one; it is added
     * @return -log10 of a probability, about; below 1 for most values of a series that is as usual
     */
    double of(double residual, double deviation, RecentResiduals recent, Cadence cadence) {
        int window = cadence.recent();
        double away = recent.size() == 0 ? residual : residual - recent.median(window);
        if (Math.abs(away) < 1e-6 * Math.abs(residual)) {
            away = 0;
        }
        double moved = recent.change(residual);
        recent.add((float) residual);
        double together = recent.mean(window);
        double[] answers = {
            jump.timesUsual(away),
            residual == 0 ? 0 : deviation > 0 ? Math.abs(residual) / deviation : Double.MAX_VALUE,
            stay.timesUsual(together),
            variation(moved, window)
        };
        double now = combined(answers);
        smoothed += (now - smoothed) / SMOOTHING;
        double surprise = Math.max(ALONE * now, NOW * now + (1 - NOW) * smoothed);
        double weight = surprise > NO_EXAMPLE ? LITTLE : 1;
        double halfLife = Math.max(SHORTEST_HALF_LIFE, HALF_LIFE_DAYS * cadence.pointsPerDay());
        jumps.add(answers[0], weight, halfLife);
        distances.add(answers[1], weight, halfLife);
        stays.add(answers[2], weight, halfLife);
        variations.add(answers[3], weight, halfLife);
        double rate = 1 - Math.exp(-1 / Math.max(3 * cadence.pointsPerDay(), 200));
        jump.add(away, rate);
        stay.add(together, rate);
        change.add(moved, rate);
        return surprise;
    }

    /** How many deviations from what is expected this share of values was away. */
    double deviationsExceededBy(double share) {
        return distances.exceededBy(share);
    }

    private double combined(double[] answers) {
        double sum =
                Math.pow(jumps.surprise(answers[0]), NORM)
                        + Math.pow(distances.surprise(answers[1]), NORM)
                        + Math.pow(stays.surprise(answers[2]), NORM)
                        + Math.pow(VARIATION_WEIGHT * variations.surprise(answers[3]), NORM);
        return Math.pow(sum, 1 / NORM);
    }

    /** By what factor the values vary more than usual, or less, less one. */
    private double variation(double moved, int window) {
        seen++;
        changeOfLate += (moved - changeOfLate) / Math.min(seen, window);
        if (seen <= window || change.size() == 0) {
            return 0;
        }
        double ratio =
                (changeOfLate + LEAST_VARIATION * change.size())
                        / ((1 + LEAST_VARIATION) * change.size());
        return Math.max(ratio, 1 / ratio) - 1;
    }

    void save(BaselineMemory.Writer to) {
        to.number(changeOfLate).number(seen).number(smoothed);
        jump.save(to);
        stay.save(to);
        change.save(to);
        jumps.save(to);
        distances.save(to);
        stays.save(to);
        variations.save(to);
    }

    void restore(BaselineMemory.Reader from) {
        changeOfLate = from.number();
        seen = from.number();
        smoothed = from.number();
        jump.restore(from);
        stay.restore(from);
        change.restore(from);
        jumps.restore(from);
        distances.restore(from);
        stays.restore(from);
        variations.restore(from);
    }
}
