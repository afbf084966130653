// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.OpenIncident;
import java.util.List;
import java.util.Optional;

/** What became of an alert, and of its service's incident. Immutable. */
public final class GroupingResult {
    private final Optional<OpenIncident> open;
    private final Disposition disposition;
    private final String reason;
    private final List<IncidentEvent> events;

    private GroupingResult(
            Optional<OpenIncident> open,
            Disposition disposition,
            String reason,
            List<IncidentEvent> events) {
        this.open = open;
        this.disposition = disposition;
        this.reason = reason;
        this.events = List.copyOf(events);
    }

    static GroupingResult in(
            OpenIncident open, Disposition disposition, String reason, List<IncidentEvent> events) {
        return new GroupingResult(Optional.of(open), disposition, reason, events);
    }

    static GroupingResult loose(List<IncidentEvent> events, String reason) {
        return new GroupingResult(Optional.empty(), Disposition.DELIVERED, reason, events);
    }

    /** The incident the alert is part of; empty if it is part of none, and none is open. */
    public Optional<OpenIncident> open() {
        return open;
    }

    public Disposition disposition() {
        return disposition;
    }

    public String reason() {
        return reason;
    }

    /** In order; an incident that was over is closed before the next one opens. */
    public List<IncidentEvent> events() {
        return events;
    }
}
