// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

/** Pseudo-counts: what is assumed of an agent before it has answered. Immutable. */
public final class Smoothing {
    private final double right;
    private final double wrong;
    private final double row;
    private final double perLabel;
    private final double same;

    /**
     * @param right pseudo-count of right answers, above 0
     * @param wrong of wrong ones, above 0
     * @param row weight, in answers, of an agent's reputation as prior of a row of its confusions
     * @param perLabel of questions with each label as truth, above 0
     * @param same share of agents assumed to say the same always, below 1; 0 for nobody
     */
    public Smoothing(double right, double wrong, double row, double perLabel, double same) {
        if (!(right > 0 && wrong > 0 && row > 0 && perLabel > 0 && same >= 0 && same < 1)) {
            throw new IllegalArgumentException(
                    "Pseudo-counts must be above 0, and a share from 0 to below 1");
        }
        this.right = right;
        this.wrong = wrong;
        this.row = row;
        this.perLabel = perLabel;
        this.same = same;
    }

    /** An agent is right in 2 of 3 until it shows; the matrix is its own after some 6 answers. */
    public static Smoothing defaults() {
        return new Smoothing(2, 1, 6, 1, 0);
    }

    /**
     * An agent is right in 2 of 3 until a dozen answers show; the matrix is its own after some 50;
     * one in twenty always says the same. With few answers a question the milder assumptions of
     * {@link #defaults} fit noise: on crowds without colluders they end below the majority.
     */
    public static Smoothing cautious() {
        return new Smoothing(8, 4, 50, 1, 0.05);
    }

    /** Hardly any: the classical estimate, which lets data speak alone. */
    public static Smoothing almostNone() {
        return new Smoothing(0.01, 0.01, 0.01, 0.01, 0);
    }

    public double right() {
        return right;
    }

    public double wrong() {
        return wrong;
    }

    public double row() {
        return row;
    }

    public double perLabel() {
        return perLabel;
    }

    /** Share of agents assumed to say the same always. */
    public double same() {
        return same;
    }
}
