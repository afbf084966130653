// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;

/**
 * How often a series has a value. The step is learnt: it moves by a twentieth of itself at most
 * towards each distance between neighbours, so that single gaps do not count. Distances that are
 * not positive (repeats, times out of order) say nothing. Not thread safe.
 */
final class Cadence {
    private static final double DAY_MILLIS = 86_400_000;
    private static final double FEWEST_A_DAY = 24;
    private static final double MOST_A_DAY = 1_440;
    private static final double USUAL_A_DAY = 288;
    private static final double STEP_CHANGE = 0.05;
    private static final double GAP_STEPS = 12;

    /** NaN until known; exact for all times that have a date. */
    private double newest = Double.NaN;

    private double step = Double.NaN;

    /** Whether there was a pause before this time of more than twelve steps. */
    boolean tick(long time) {
        double distance = time - newest;
        newest = Double.isNaN(newest) ? time : Math.max(newest, (double) time);
        if (!(distance > 0)) {
            return false;
        }
        if (Double.isNaN(step)) {
            step = distance;
        }
        double most = step * STEP_CHANGE;
        step += Math.max(-most, Math.min(most, distance - step));
        return distance > GAP_STEPS * step;
    }

    /** Values a day, within the limits that the parts of a baseline are made for. */
    double pointsPerDay() {
        return Double.isNaN(step)
                ? USUAL_A_DAY
                : Math.max(FEWEST_A_DAY, Math.min(MOST_A_DAY, DAY_MILLIS / step));
    }

    /** Values an hour, 4 to 12: what counts as just now. */
    int recent() {
        return (int) Math.max(4, Math.min(RecentResiduals.MOST, pointsPerDay() / 24));
    }

    void save(BaselineMemory.Writer to) {
        to.number(newest).number(step);
    }

    void restore(BaselineMemory.Reader from) {
        newest = from.number();
        step = from.number();
    }
}
