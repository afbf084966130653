// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.Arrays;

/** Agents that answer after one mind which is not that of the others, with the proof. Immutable. */
public final class CopyGroup {
    private final int[] members;
    private final double correlation;
    private final double error;
    private final double agreementWithin;
    private final int questions;

    CopyGroup(int[] members, Kinship kinship) {
        this.members = members.clone();
        this.correlation = kinship.correlation();
        this.error = kinship.error();
        this.agreementWithin = kinship.agreementWithin();
        this.questions = kinship.questions();
    }

    /** Numbers of the sheet's agents, ascending. */
    public int[] members() {
        return members.clone();
    }

    /** With the others, corrected for attenuation, in [-1,1]; honest agents are near 1. */
    public double correlation() {
        return correlation;
    }

    /** Standard error of the correlation. */
    public double error() {
        return error;
    }

    /** Share of pairs of members that gave the same answer, in [0,1]. */
    public double agreementWithin() {
        return agreementWithin;
    }

    /** On how many questions both sides were compared. */
    public int questions() {
        return questions;
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%d agents, alike in %.2f, correlation with the others %.2f +- %.2f on %d"
                        + " questions: %s",
                members.length,
                agreementWithin,
                correlation,
                error,
                questions,
                members.length > 20
                        ? Arrays.toString(Arrays.copyOf(members, 20)) + " ..."
                        : Arrays.toString(members));
    }
}
