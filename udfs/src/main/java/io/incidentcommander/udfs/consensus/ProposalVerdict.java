// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

/** What became of a proposal. */
public enum ProposalVerdict {
    /** Its action is on the list of the next round, if there is one, and room for it. */
    TAKEN,
    /** For another incident or tenant. */
    MISDIRECTED,
    /** Not under the terms of the open round: that one is over, or never was. */
    OTHER_TERMS,
    /** The decision had been made: there is no next round. */
    AFTER_DECISION,
    /** Of an agent that has no vote in the round. */
    NO_VOTE,
    /** Signed with a key that is not the one of the roster, or was revoked. */
    OLD_KEY,
    /** The agent has proposed something in this round already. */
    SECOND,
    /** The action is on the list as it is. */
    LISTED,
    /** The list is full. */
    NO_ROOM,
    /** There is no such runbook, or not in that version, on such a target or with such values. */
    NOT_IN_CATALOGUE
}
