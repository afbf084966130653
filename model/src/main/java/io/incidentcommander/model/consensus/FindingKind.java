// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/**
 * What an agent, or somebody in its name, did that an honest agent does not do. Ordinals are
 * stored: append only.
 */
public enum FindingKind {
    /** The confidence is NaN or outside [0,1]. */
    IMPOSSIBLE_CONFIDENCE(Blame.PROVEN, 40),
    /** The signature does not fit the agent's key. Anybody can send such a message. */
    BAD_SIGNATURE(Blame.NOBODY, 0),
    /** No such agent is registered. */
    UNKNOWN_AGENT(Blame.NOBODY, 0),
    /** A vote of a key that was replaced or revoked. Anybody who saw it can send it again. */
    OLD_KEY(Blame.NOBODY, 0),
    /**
     * Another vote under the same request: what an agent does that is asked again after failing.
     */
    REPLAY(Blame.NOBODY, 0),
    /** A vote for a round or an attempt that is over. Anybody who saw it can send it again. */
    STALE_ROUND(Blame.NOBODY, 0),
    /** Two signed votes in one round that contradict each other. */
    EQUIVOCATION(Blame.PROVEN, 100),
    /** It cites evidence that nobody has. */
    MISSING_EVIDENCE(Blame.PROVEN, 30),
    /** It votes for an action that is not on the list it signed. */
    NOT_A_CANDIDATE(Blame.PROVEN, 30),
    /** It signs a role or a family that is not its own. */
    FALSE_IDENTITY(Blame.PROVEN, 30),
    /** Its confidence is far from what this agent used to say. */
    UNLIKE_ITSELF(Blame.SUSPECTED, 5),
    /** Its confidence is far from what all others say. */
    UNLIKE_OTHERS(Blame.SUSPECTED, 5),
    /** It errs together with others more often than chance explains. */
    COLLUSION(Blame.SUSPECTED, 50);

    /** How far a finding can be held against the agent that it names. */
    public enum Blame {
        /** Only the agent's key can have made the proof. */
        PROVEN,
        /** The votes are the agent's; what they mean is a matter of statistics. */
        SUSPECTED,
        /** Anybody can bring it about: it is told, and never held against the agent. */
        NOBODY
    }

    private final Blame blame;
    private final int points;

    FindingKind(Blame blame, int points) {
        this.blame = blame;
        this.points = points;
    }

    public Blame blame() {
        return blame;
    }

    /** What it adds to the agent's suspicion, 0 to 100. */
    public int points() {
        return points;
    }
}
