// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

/** What became of a notice when it came. */
public enum NoticeOutcome {
    /** It waits for its turn. */
    QUEUED,
    /** It took the place of an earlier one that had not left. */
    BATCHED,
    /** A later one of its incident came before. */
    STALE,
    /** The same one came before. */
    REPEATED,
    /** It says what the contact knows already. */
    NOTHING_NEW,
    /**
     * It ended, or a person had it, before this contact was called: no reason to call. It waits to
     * be closed or acknowledged there, since a plan that was rolled back may have called before.
     */
    NEVER_OPENED,
    /** Too much waits on this channel, and this is not more severe: a dead letter. */
    NO_ROOM
}
