// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import java.util.Objects;

/** One thing wrong with a chain of events: what, at which sequence, and why. Immutable. */
public final class ChainFinding {
    /** What can be wrong with a chain. */
    public enum Kind {
        /** Events are missing: between two, before the first, or before the head. */
        GAP,
        /** An event comes after one with a higher sequence. */
        REORDERING,
        /** A sequence occurs more than once. */
        REPEATED_SEQUENCE,
        /** The event's content does not have the hash that it carries. */
        CHANGED_CONTENT,
        /** The event names another predecessor than the one that is there. */
        WRONG_PREDECESSOR,
        /** The event belongs to another incident than the first one. */
        FOREIGN_EVENT,
        /** The last event is not the one that the head names. */
        WRONG_HEAD,
        /** A completed checkpoint saw events that are not there any more. */
        CUT_OFF,
        /** A completed checkpoint saw another event at this sequence. */
        CONTRADICTS_ANCHOR,
        /** Something is stored in the place of an event that is none. */
        UNREADABLE,
        /** An event lies in a wrong place, or what people read beside it says something else. */
        CHANGED_ITEM,
        /** Another copy of the chain, which proves whole, says something else or more. */
        DIFFERS_FROM_COPY
    }

    private final Kind kind;
    private final long sequence;
    private final String detail;

    ChainFinding(Kind kind, long sequence, String detail) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.sequence = sequence;
        this.detail = Objects.requireNonNull(detail, "detail");
    }

    /**
     * A finding that somebody who reads a store made.
     *
     * @param detail one line
     */
    public static ChainFinding of(Kind kind, long sequence, String detail) {
        return new ChainFinding(kind, sequence, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** The first sequence concerned. */
    public long sequence() {
        return sequence;
    }

    /** One line. */
    public String detail() {
        return detail;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainFinding
                && ((ChainFinding) other).kind == kind
                && ((ChainFinding) other).sequence == sequence
                && ((ChainFinding) other).detail.equals(detail);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, sequence, detail);
    }

    @Override
    public String toString() {
        return kind + " at " + sequence + ": " + detail;
    }
}
