// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What Byzantine agents of a simulation do. What is not said of an attack is done honestly. */
public enum Attack {
    /** Any action, any confidence. */
    RANDOM,
    /** A wrong action, each agent its own. */
    ALWAYS_WRONG,
    /** The same confidence always, wrong every second time. */
    CONSTANT_CONFIDENCE,
    /** Wrong in six of ten, quite sure always. */
    OVERCONFIDENT,
    /** Honest and never in error for a third of the rounds; then all for one wrong action. */
    ON_OFF,
    /** All for the same wrong action, from the first vote on. */
    COLLUSION,
    /** Honest and never in error, but for one round in four, where all are for one wrong action. */
    SLEEPER,
    /** Identities of one role and one family, all for the same wrong action. */
    SYBIL,
    /** Votes for the right action, and under another request for a wrong one. */
    EQUIVOCATION,
    /** Sends all votes it ever saw, its own and those of others, once more; and a wrong one. */
    REPLAY,
    /** Copies an honest agent's vote, but for one round in three, where all are for a wrong one. */
    COPYCAT,
    /**
     * Forges and repeats votes of honest agents to have them blamed, and votes wrongly with all.
     */
    SLANDER,
    /** Never votes. */
    WITHHOLDING;

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Attack> ofWord(String word) {
        return Arrays.stream(values()).filter(attack -> attack.word().equals(word)).findFirst();
    }
}
