// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.Objects;
import java.util.UUID;

/**
 * What the ledger says of one step. Written before the act; the only memory that survives whoever
 * acts. Immutable.
 */
public final class StepRecord {
    /** How far the step is. */
    public enum Status {
        /** Somebody is about to send it, or has. */
        INTENT,
        DONE,
        FAILED,
        /** Nobody here knows whether it happened: a human has to look. */
        HANDED_OVER;

        /** Nothing more is done about the step. */
        public boolean isFinal() {
            return this != INTENT;
        }
    }

    private final UUID token;
    private final Status status;
    private final long intentMillis;

    private StepRecord(UUID token, Status status, long intentMillis) {
        this.token = Objects.requireNonNull(token, "token");
        this.status = Objects.requireNonNull(status, "status");
        this.intentMillis = intentMillis;
    }

    /** As a ledger holds it. */
    public static StepRecord of(UUID token, Status status, long intentMillis) {
        return new StepRecord(token, status, intentMillis);
    }

    static StepRecord intent(PlanStep step, long nowMillis) {
        return new StepRecord(step.token(), Status.INTENT, nowMillis);
    }

    StepRecord become(Status next) {
        return new StepRecord(token, next, intentMillis);
    }

    public UUID token() {
        return token;
    }

    public Status status() {
        return status;
    }

    /** When it was first to be sent. */
    public long intentMillis() {
        return intentMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepRecord
                && ((StepRecord) other).token.equals(token)
                && ((StepRecord) other).status == status
                && ((StepRecord) other).intentMillis == intentMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(token, status, intentMillis);
    }

    @Override
    public String toString() {
        return status + " " + token + " since " + intentMillis;
    }
}
