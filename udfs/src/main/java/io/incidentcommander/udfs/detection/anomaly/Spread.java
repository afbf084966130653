// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;

/**
 * The usual size of something: an exponentially weighted mean of magnitudes, each of which counts
 * for at most {@code most} times that mean (Huber's bounded influence), so that outbursts do not
 * count as usual, and what lasts does. Not thread safe.
 */
final class Spread {
    private final double most;
    private double size;
    private double seen;

    Spread(double most) {
        this.most = most;
    }

    /** 0 as long as all were. */
    double size() {
        return size;
    }

    /** How many times the usual size this is; huge if there never was any. */
    double timesUsual(double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0) {
            return 0;
        }
        return size > 0 ? magnitude / size : Double.MAX_VALUE;
    }

    /**
     * @param rate the weight of one, once many were seen; before, all weigh the same
     */
    void add(double value, double rate) {
        seen++;
        double magnitude = Math.abs(value);
        double bounded = size > 0 ? Math.min(magnitude, most * size) : magnitude;
        size += Math.max(rate, 1 / seen) * (bounded - size);
    }

    void save(BaselineMemory.Writer to) {
        to.number(size).number(seen);
    }

    void restore(BaselineMemory.Reader from) {
        size = from.number();
        seen = from.number();
    }
}
