// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

/** What became of a vote. */
public enum VoteVerdict {
    /** It counts. */
    COUNTED,
    /** It used up the agent's vote and counts for nothing: a finding says why. */
    SPOILED,
    /** Kept to be judged by its outcome; the agent has no power in this round. */
    POWERLESS,
    /** A partial or cached result: counts at the agent's time limit if nothing better comes. */
    PROVISIONAL,
    /** Says what the agent's vote says already, or less. */
    DUPLICATE,
    /** Differs from the agent's vote under the same request: the first one counts. */
    REPLAYED,
    /** Contradicts the agent's vote under another request: the first one counts. */
    EQUIVOCATES,
    /** For the next round: kept until it opens. */
    EARLY,
    /** For a round or an attempt that is over. */
    STALE,
    /** For a round that is too far ahead to be kept. */
    AHEAD,
    /** Signed under other terms, as of a timeline that was abandoned. */
    OTHER_TERMS,
    /** For another incident or tenant. */
    MISDIRECTED,
    UNKNOWN_AGENT,
    /** Signed with a key that is not the one of the roster, or was revoked. */
    OLD_KEY,
    /**
     * After the time limit of the agent's role. Counts for nothing; what is wrong in it is found.
     */
    LATE,
    /** The decision had been made. Counts for nothing; what is wrong in it is found. */
    AFTER_DECISION
}
