// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.Locale;

/** Two agents that erred alike more often than chance explains: the proof. Immutable. */
public final class JointErrors {
    private final String one;
    private final String other;
    private final int together;
    private final double expected;
    private final int decisions;

    JointErrors(String one, String other, int together, double expected, int decisions) {
        this.one = one;
        this.other = other;
        this.together = together;
        this.expected = expected;
        this.decisions = decisions;
    }

    public String one() {
        return one;
    }

    public String other() {
        return other;
    }

    /** Decisions in which both voted for the same wrong action. */
    public int together() {
        return together;
    }

    /** How many of these chance and the difficulty of the decisions explain. */
    public double expected() {
        return expected;
    }

    /** Decisions on which both voted. */
    public int decisions() {
        return decisions;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s and %s erred alike in %d of %d decisions, %.2f expected",
                one,
                other,
                together,
                decisions,
                expected);
    }
}
