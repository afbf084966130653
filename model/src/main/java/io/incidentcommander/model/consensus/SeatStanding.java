// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/** What a registered agent may do in a round. Ordinals are stored: append only. */
public enum SeatStanding {
    /** Votes, and counts as trusted. */
    TRUSTED(true, true),
    /** Votes, but does not count towards the trusted. */
    DOUBTED(true, true),
    /** Of a role with nothing to say here; cannot vote, and its power stays in the denominator. */
    MUTED(false, true),
    /** In quarantine; cannot vote, and its power stays in the denominator. */
    CONFINED(false, true),
    /** Left the denominator: nothing for its role to say about this incident. */
    INAPPLICABLE(false, false),
    /** Left the denominator: in quarantine. */
    QUARANTINED(false, false);

    private final boolean votes;
    private final boolean eligible;

    SeatStanding(boolean votes, boolean eligible) {
        this.votes = votes;
        this.eligible = eligible;
    }

    public boolean votes() {
        return votes;
    }

    /** Whether its power is in the denominator. */
    public boolean eligible() {
        return eligible;
    }
}
