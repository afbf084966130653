// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.util.Objects;

/** What became of one attempt to deliver a message. Immutable. */
public final class SendOutcome {
    /** How it ended. */
    public enum Kind {
        /** It arrived; the detail is what the service knows it by. */
        SENT,
        /** The service asks to wait. */
        THROTTLED,
        /** It did not arrive, or nobody knows; another attempt may. */
        FAILED,
        /** The service will never take it. */
        REFUSED
    }

    private final Kind kind;
    private final String detail;
    private final long waitMillis;

    private SendOutcome(Kind kind, String detail, long waitMillis) {
        this.kind = kind;
        this.detail = Objects.requireNonNull(detail, "detail");
        this.waitMillis = waitMillis;
    }

    /**
     * @param handle empty if the service gives none
     */
    public static SendOutcome sent(String handle) {
        return new SendOutcome(Kind.SENT, handle, 0);
    }

    public static SendOutcome throttled(long waitMillis) {
        return new SendOutcome(Kind.THROTTLED, "asked to wait", waitMillis);
    }

    public static SendOutcome failed(String reason) {
        return new SendOutcome(Kind.FAILED, reason, 0);
    }

    public static SendOutcome refused(String reason) {
        return new SendOutcome(Kind.REFUSED, reason, 0);
    }

    public Kind kind() {
        return kind;
    }

    /** The handle if it was sent, else the reason. */
    public String detail() {
        return detail;
    }

    /** Milliseconds. */
    public long waitMillis() {
        return waitMillis;
    }

    @Override
    public String toString() {
        return kind + " " + detail;
    }
}
