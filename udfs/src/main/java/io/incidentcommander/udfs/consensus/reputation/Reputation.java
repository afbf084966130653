// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

/**
 * How often an agent is expected to be right, in [0,1], and on how much that rests. Immutable.
 *
 * <p>The mean of a Beta distribution over discounted counts: (a + right) / (a + b + right + wrong).
 * Josang and Ismail, "The Beta Reputation System" (2002).
 */
public final class Reputation implements Comparable<Reputation> {
    private final double value;
    private final double experience;

    private Reputation(double value, double experience) {
        this.value = value;
        this.experience = experience;
    }

    /**
     * @param right discounted count of right outcomes, zero or more
     * @param wrong discounted count of wrong ones
     * @param priorRight pseudo-count before any outcome, above zero
     * @param priorWrong likewise
     */
    public static Reputation ofCounts(
            double right, double wrong, double priorRight, double priorWrong) {
        if (!(right >= 0 && wrong >= 0 && priorRight > 0 && priorWrong > 0)) {
            throw new IllegalArgumentException(
                    "Counts are zero or more, priors above it: "
                            + right
                            + ", "
                            + wrong
                            + ", "
                            + priorRight
                            + ", "
                            + priorWrong);
        }
        double all = right + wrong;
        return new Reputation((priorRight + right) / (priorRight + priorWrong + all), all);
    }

    /** In [0,1]. */
    public double value() {
        return value;
    }

    /** Discounted number of outcomes it rests on; 0 means that it is the prior. */
    public double experience() {
        return experience;
    }

    @Override
    public int compareTo(Reputation other) {
        int byValue = Double.compare(value, other.value);
        return byValue != 0 ? byValue : Double.compare(experience, other.experience);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reputation && compareTo((Reputation) other) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(value) + Double.hashCode(experience);
    }

    @Override
    public String toString() {
        return value + " after " + experience;
    }
}
