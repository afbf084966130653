// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.util.Objects;

/** What a receiver was shown last of an incident, and what may have been sent since. Immutable. */
public final class SentRecord {
    /** Before the first message was sent for sure; sequences are positive. */
    public static final long NOTHING = 0;

    private final long sequence;
    private final String handle;
    private final long begun;

    /** All that was begun was sent. */
    public SentRecord(long sequence, String handle) {
        this(sequence, handle, sequence);
    }

    /**
     * @param sequence of what was sent for sure; {@link #NOTHING} if nothing was
     * @param handle what the service knows the message by; empty if it gives none
     * @param begun the highest sequence that somebody set out to send
     */
    public SentRecord(long sequence, String handle, long begun) {
        this.sequence = sequence;
        this.handle = Objects.requireNonNull(handle, "handle");
        this.begun = begun;
    }

    public long sequence() {
        return sequence;
    }

    public String handle() {
        return handle;
    }

    /** Whether a message of this sequence may be there already, though nobody knows. */
    public boolean mayHaveSent(long wanted) {
        return begun >= wanted && sequence < wanted;
    }

    /** The same, with somebody about to send this. */
    SentRecord beginning(long wanted) {
        return new SentRecord(sequence, handle, Math.max(begun, wanted));
    }

    public long begun() {
        return begun;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentRecord
                && ((SentRecord) other).sequence == sequence
                && ((SentRecord) other).begun == begun
                && ((SentRecord) other).handle.equals(handle);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sequence, handle, begun);
    }

    @Override
    public String toString() {
        return "#" + sequence + " of " + begun + " " + handle;
    }
}
