// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.Objects;

/** What becomes of a command about actions, and why. Immutable. */
public final class CommandAnswer {
    /** What becomes of it. */
    public enum Kind {
        APPLIED,
        /** It is known, or overtaken. */
        STALE,
        REFUSED,
        /** What it is about may still be on its way: ask again soon. */
        NOT_YET
    }

    private final Kind kind;
    private final String reason;

    private CommandAnswer(Kind kind, String reason) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public static CommandAnswer applied(String reason) {
        return new CommandAnswer(Kind.APPLIED, reason);
    }

    public static CommandAnswer stale(String reason) {
        return new CommandAnswer(Kind.STALE, reason);
    }

    public static CommandAnswer refused(String reason) {
        return new CommandAnswer(Kind.REFUSED, reason);
    }

    public static CommandAnswer notYet(String reason) {
        return new CommandAnswer(Kind.NOT_YET, reason);
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return kind + ": " + reason;
    }
}
