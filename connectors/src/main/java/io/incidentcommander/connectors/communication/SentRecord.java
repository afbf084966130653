// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.util.Objects;

/** What a receiver was shown last of an incident. Immutable. */
public final class SentRecord {
    private final long sequence;
    private final String handle;

    /**
     * @param handle what the service knows the message by; empty if it gives none
     */
    public SentRecord(long sequence, String handle) {
        this.sequence = sequence;
        this.handle = Objects.requireNonNull(handle, "handle");
    }

    public long sequence() {
        return sequence;
    }

    public String handle() {
        return handle;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentRecord
                && ((SentRecord) other).sequence == sequence
                && ((SentRecord) other).handle.equals(handle);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sequence, handle);
    }

    @Override
    public String toString() {
        return "#" + sequence + " " + handle;
    }
}
