// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

/** What became of one thing that was sent. Immutable. */
public final class Receipt {
    private static final Receipt TAKEN = new Receipt(Kind.TAKEN, "");

    /** What it comes to. */
    public enum Kind {
        TAKEN,
        /** The same, or what makes it needless, was there already. */
        STALE,
        /** It may work later. */
        RETRY,
        /** This one never will; others may. */
        REFUSED,
        /** Nothing will until somebody mends something: the job has to fail. */
        BROKEN
    }

    private final Kind kind;
    private final String detail;

    private Receipt(Kind kind, String detail) {
        this.kind = kind;
        this.detail = detail;
    }

    public static Receipt taken() {
        return TAKEN;
    }

    public static Receipt stale(String detail) {
        return new Receipt(Kind.STALE, detail);
    }

    public static Receipt retry(String detail) {
        return new Receipt(Kind.RETRY, detail);
    }

    public static Receipt refused(String detail) {
        return new Receipt(Kind.REFUSED, detail);
    }

    public static Receipt broken(String detail) {
        return new Receipt(Kind.BROKEN, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** One line. */
    public String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
