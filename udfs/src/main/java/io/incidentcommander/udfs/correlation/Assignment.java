// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.List;
import java.util.Optional;

/** What became of an alert, why, and what it changed. Immutable. */
public final class Assignment {
    private final Disposition disposition;
    private final String stage;
    private final String reason;
    private final Optional<String> incidentId;
    private final List<IncidentEvent> events;

    private Assignment(
            Disposition disposition,
            String stage,
            String reason,
            Optional<String> incidentId,
            List<IncidentEvent> events) {
        this.disposition = disposition;
        this.stage = stage;
        this.reason = reason;
        this.incidentId = incidentId;
        this.events = List.copyOf(events);
    }

    static Assignment in(
            LiveIncident incident,
            Disposition disposition,
            String reason,
            List<IncidentEvent> events) {
        return new Assignment(
                disposition, Correlator.STAGE, reason, Optional.of(incident.id()), events);
    }

    /** Nothing that anybody is told of. */
    static Assignment background(
            Optional<LiveIncident> watched, String reason, List<IncidentEvent> events) {
        return new Assignment(
                Disposition.GROUPED,
                Correlator.STAGE,
                reason,
                watched.map(LiveIncident::id),
                events);
    }

    static Assignment loose(String reason, List<IncidentEvent> events) {
        return new Assignment(
                Disposition.DELIVERED, Correlator.STAGE, reason, Optional.empty(), events);
    }

    static Assignment sampledOut(String reason, List<IncidentEvent> events) {
        return new Assignment(
                Disposition.SAMPLED_OUT, "sampling", reason, Optional.empty(), events);
    }

    public Disposition disposition() {
        return disposition;
    }

    /** The word of the stage that decided. */
    public String stage() {
        return stage;
    }

    /** One line: the rule, what it rests on, and how well chance explains it. */
    public String reason() {
        return reason;
    }

    /** The incident it is part of, if any. */
    public Optional<String> incidentId() {
        return incidentId;
    }

    /** In order; incidents that were over close before others open. */
    public List<IncidentEvent> events() {
        return events;
    }
}
