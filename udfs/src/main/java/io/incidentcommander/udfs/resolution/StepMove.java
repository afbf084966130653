// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.Objects;
import java.util.Optional;

/** The one thing to do next about a step, and why. Immutable. */
public final class StepMove {
    /** What to do. */
    public enum Kind {
        /**
         * Write {@link #record} to the ledger, on condition that nothing is there for the token.
         */
        WRITE_INTENT,
        /** Send the step, with its token. Only after the intent was written by the sender. */
        SEND,
        /** Ask the service what it knows of the token. */
        LOOK_UP,
        /** Write {@link #record} over the intent. */
        WRITE_RESULT,
        /** Nothing more. */
        NOTHING
    }

    private final Kind kind;
    private final Optional<StepRecord> record;
    private final String reason;

    private StepMove(Kind kind, Optional<StepRecord> record, String reason) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.record = record;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    static StepMove of(Kind kind, String reason) {
        return new StepMove(kind, Optional.empty(), reason);
    }

    static StepMove write(Kind kind, StepRecord record, String reason) {
        return new StepMove(kind, Optional.of(record), reason);
    }

    public Kind kind() {
        return kind;
    }

    /** Of the two kinds that write. */
    public Optional<StepRecord> record() {
        return record;
    }

    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return kind + ": " + reason;
    }
}
