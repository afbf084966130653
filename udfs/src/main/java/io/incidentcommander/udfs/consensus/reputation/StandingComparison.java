// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

/** One agent under two policies, at the same time of the same history. Immutable. */
public final class StandingComparison {
    private final StandingView one;
    private final StandingView other;

    StandingComparison(StandingView one, StandingView other) {
        this.one = one;
        this.other = other;
    }

    public StandingView one() {
        return one;
    }

    public StandingView other() {
        return other;
    }

    /** How much higher its reputation is under the other policy, in [-1,1]. */
    public double reputationGained() {
        return other.reputation().value() - one.reputation().value();
    }

    /** Whether it would be in another phase. */
    public boolean phaseDiffers() {
        return one.phase() != other.phase();
    }

    @Override
    public String toString() {
        return one + " | " + other;
    }
}
