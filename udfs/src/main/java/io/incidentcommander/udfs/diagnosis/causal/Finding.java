// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One kind of trouble at one node in one stretch of time, all its channels taken together. */
final class Finding {
    final String node;
    final Trouble trouble;

    /** The channel that shows it most clearly; what a person is told. */
    final Reading lead;

    /** Spreads above chance. */
    final double surprise;

    /** Excess by row, faded out where chance explains it; what is compared between nodes. */
    final double[] profile;

    /** As {@link #profile}, with no regard to chance: for a trouble that somebody vouches for. */
    final double[] raw;

    private Finding(
            String node,
            Trouble trouble,
            Reading lead,
            double surprise,
            double[] profile,
            double[] raw) {
        this.node = node;
        this.trouble = trouble;
        this.lead = lead;
        this.surprise = surprise;
        this.profile = profile;
        this.raw = raw;
    }

    /**
     * Several statistics of one metric are one witness: of those that cannot be added up the second
     * clearest counts, so that one noisy percentile alone does not speak for the node.
     *
     * @param readings of one node and one kind of trouble, at least one
     */
    static Finding of(String node, Trouble trouble, List<Reading> readings) {
        List<Reading> sorted = new ArrayList<>(readings);
        sorted.sort(Comparator.comparingDouble(Reading::surprise).reversed());
        Reading clearest = sorted.get(0);
        Reading flow = clearest;
        double surprise = Double.NEGATIVE_INFINITY;
        List<Reading> shapes = new ArrayList<>();
        for (Reading reading : sorted) {
            if (reading.channel.flow) {
                flow = reading;
                surprise = Math.max(surprise, reading.surprise());
            } else {
                shapes.add(reading);
            }
        }
        boolean severalWitnesses = trouble == Trouble.LATENCY && shapes.size() > 1;
        if (!shapes.isEmpty()) {
            surprise = Math.max(surprise, shapes.get(severalWitnesses ? 1 : 0).surprise());
        }
        boolean relative = trouble == Trouble.SURGE || trouble == Trouble.SILENCE;
        double unit = relative ? Math.max(Math.abs(flow.base), 1e-9) : 1;
        Reading lead = shapes.isEmpty() ? clearest : shapes.get(0);
        return new Finding(
                node,
                trouble,
                trouble == Trouble.ERRORS ? flow : lead,
                surprise,
                dividedBy(unit, flow.clear()),
                dividedBy(unit, flow.aboveZero()));
    }

    /** The greatest value of the profile. */
    double most() {
        return Channel.peak(profile);
    }

    private static double[] dividedBy(double unit, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= unit;
        }
        return values;
    }
}
