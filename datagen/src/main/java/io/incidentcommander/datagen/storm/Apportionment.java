// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/** Deals things of unequal mass out to classes so that the mass of each keeps to its weight. */
final class Apportionment {
    private final double[] weights;
    private final double[] dealt;
    private double total;

    /** Weights need not add up to one. */
    Apportionment(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        this.weights = weights.clone();
        this.dealt = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            this.weights[i] /= sum;
        }
    }

    /** The class that is furthest behind its share once this mass is counted. */
    int deal(double mass) {
        total += mass;
        int neediest = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            double need = weights[i] * total - dealt[i];
            if (weights[i] > 0 && need > most) {
                most = need;
                neediest = i;
            }
        }
        dealt[neediest] += mass;
        return neediest;
    }
}
