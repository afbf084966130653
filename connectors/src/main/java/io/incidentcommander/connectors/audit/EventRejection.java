// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import java.util.Locale;

/** An event that the store will never take, and why. Immutable. */
public final class EventRejection {
    /** Why an event is not in the store. */
    public enum Reason {
        /** Another event stands in its place; nothing was overwritten. */
        CONFLICT,
        /** It builds on an event that was rejected. */
        PREDECESSOR_REJECTED,
        /** Its predecessor did not come for as long as the sink waits. */
        PREDECESSOR_NEVER_CAME,
        TOO_LARGE,
        /** The store calls it invalid. */
        INVALID,
        /** A spare store was away for longer than its events fit into state. */
        LEFT_OUT;

        /** The word used in metrics and logs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final IncidentEvent event;
    private final Reason reason;
    private final String detail;

    EventRejection(IncidentEvent event, Reason reason, String detail) {
        this.event = event;
        this.reason = reason;
        this.detail = detail;
    }

    public IncidentEvent event() {
        return event;
    }

    public Reason reason() {
        return reason;
    }

    /** One line; for a conflict with the hashes of both events. */
    public String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return event.incidentId()
                + "#"
                + event.sequence()
                + " ("
                + event.hash()
                + ") rejected, "
                + reason.word()
                + ": "
                + detail;
    }
}
