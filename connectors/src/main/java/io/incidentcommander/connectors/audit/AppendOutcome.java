// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

/** What the event store answered to one append. Immutable. */
final class AppendOutcome {
    /** The possible answers. */
    enum Kind {
        APPENDED,
        /** The very same event was there already: a redelivery, and as good as appended. */
        ALREADY_THERE,
        /** The chain has not come as far as the event's predecessor. */
        PREDECESSOR_MISSING,
        /** Another event stands at this sequence, or the chain went on from another predecessor. */
        CONFLICT,
        /** The event does not fit into an item. */
        TOO_LARGE
    }

    private final Kind kind;
    private final String detail;

    private AppendOutcome(Kind kind, String detail) {
        this.kind = kind;
        this.detail = detail;
    }

    static AppendOutcome of(Kind kind, String detail) {
        return new AppendOutcome(kind, detail);
    }

    Kind kind() {
        return kind;
    }

    /** One line; says for a conflict both hashes. */
    String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
