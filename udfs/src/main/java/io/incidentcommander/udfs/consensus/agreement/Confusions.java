// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

/**
 * What each agent says given the truth: its own answers so far, with its {@link Knowledge} as the
 * prior of each row (Dawid and Skene, 1979, with pseudo-counts). Immutable.
 */
final class Confusions {
    private static final double LEAST = 1e-6;

    private final int labels;
    private final double[] counts;
    private final double[] times;
    private final double row;
    private final double[] expected;

    /**
     * Takes the array as it is; it is not written afterwards.
     *
     * @param counts what was said, by agent, truth and label
     * @param row weight of the prior of a row, in answers
     */
    Confusions(int labels, double[] counts, double row, Knowledge knowledge) {
        this.labels = labels;
        this.counts = counts;
        this.row = row;
        this.times = new double[counts.length / Math.max(1, labels)];
        this.expected = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            int cell = i / labels;
            times[cell] += counts[i];
            expected[i] = knowledge.chance(cell / labels, cell % labels, i % labels);
        }
    }

    /**
     * @param own how much of the agent's answers of this label under this truth is left out
     */
    double chance(int agent, int truth, int label, double own) {
        int cell = agent * labels + truth;
        return chance(cell, cell * labels + label, own);
    }

    private double chance(int cell, int place, double own) {
        double said = Math.max(0, counts[place] - own);
        double asked = Math.max(0, times[cell] - own);
        return Math.max(LEAST, (said + row * expected[place]) / (asked + row));
    }

    /** Of all chances, by agent, truth and label. */
    double[] logs() {
        double[] logs = new double[counts.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(chance(i / labels, i, 0));
        }
        return logs;
    }
}
