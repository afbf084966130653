// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

/** What a {@link Channel} shows in one stretch of time. Immutable by convention. */
final class Reading {
    /** From here on a deviation counts in full. */
    private static final double CLEAR = 3;

    final Channel channel;
    final double base;
    final double[] excess;
    private final Channel.Chance chance;

    Reading(Channel channel, double base, double[] excess, Channel.Chance chance) {
        this.channel = channel;
        this.base = base;
        this.excess = excess;
        this.chance = chance;
    }

    /** The peak against the peaks of normal stretches, in their spreads; may be below 0. */
    double surprise() {
        return surprise(Channel.peak(excess));
    }

    private double surprise(double value) {
        return (value - chance.centre) / chance.spread;
    }

    /** The row of the peak. */
    int peakRow() {
        int best = 0;
        for (int row = 1; row < excess.length; row++) {
            best = excess[row] > excess[best] ? row : best;
        }
        return best;
    }

    /** The first row that is clearly unusual, or that of the peak. */
    int onsetRow() {
        for (int row = 0; row < excess.length; row++) {
            if (surprise(excess[row]) >= CLEAR && excess[row] >= Channel.peak(excess) / 4) {
                return row;
            }
        }
        return peakRow();
    }

    /** The excess above 0, faded out where chance explains it. */
    double[] clear() {
        double[] clear = new double[excess.length];
        for (int row = 0; row < clear.length; row++) {
            double certainty = Math.min(1, Math.max(0, surprise(excess[row]) / CLEAR));
            clear[row] = Math.max(0, excess[row]) * certainty;
        }
        return clear;
    }

    double[] aboveZero() {
        double[] positive = new double[excess.length];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = Math.max(0, excess[row]);
        }
        return positive;
    }
}
