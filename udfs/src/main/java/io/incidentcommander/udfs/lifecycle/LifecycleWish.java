// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import java.util.Objects;

/** What the state machine asks of others, within a time. Immutable. */
public final class LifecycleWish {
    /** Of whom. */
    public enum Kind {
        DIAGNOSE,
        DECIDE,
        ACT,
        /** Look whether the signs are gone. */
        VALIDATE,
        /** Look whether they come back. */
        WATCH,
        CALL_HUMAN,
        /** Begin no further step of the action. */
        STOP_ACTION
    }

    private final Kind kind;
    private final int attempt;
    private final long deadlineMillis;

    LifecycleWish(Kind kind, int attempt, long deadlineMillis) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.attempt = attempt;
        this.deadlineMillis = deadlineMillis;
    }

    public Kind kind() {
        return kind;
    }

    /** What comes back has to name it. */
    public int attempt() {
        return attempt;
    }

    /** Event time: what comes later finds the incident elsewhere. */
    public long deadlineMillis() {
        return deadlineMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LifecycleWish
                && ((LifecycleWish) other).kind == kind
                && ((LifecycleWish) other).attempt == attempt
                && ((LifecycleWish) other).deadlineMillis == deadlineMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, attempt, deadlineMillis);
    }

    @Override
    public String toString() {
        return kind + " in attempt " + attempt + " until " + deadlineMillis;
    }
}
