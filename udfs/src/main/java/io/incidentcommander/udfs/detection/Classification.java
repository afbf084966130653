// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.List;

/** What an incident is held to be, how surely, and why. Immutable. */
public final class Classification {
    private final IncidentType type;
    private final Severity severity;
    private final List<String> services;
    private final double confidence;
    private final Grounds grounds;

    Classification(
            IncidentType type,
            Severity severity,
            List<String> services,
            double confidence,
            Grounds grounds) {
        this.type = type;
        this.severity = severity;
        this.services = List.copyOf(services);
        this.confidence = confidence;
        this.grounds = grounds;
    }

    public IncidentType type() {
        return type;
    }

    public Severity severity() {
        return severity;
    }

    /** Affected, the probable origin first, then in the order in which they fell ill. */
    public List<String> services() {
        return services;
    }

    /** In [0, 1]. */
    public double confidence() {
        return confidence;
    }

    public Grounds grounds() {
        return grounds;
    }

    /** The incident with this said of it; its services are left to those who grouped it. */
    public Incident applyTo(Incident incident) {
        return incident.toBuilder()
                .type(type)
                .severity(severity)
                .confidence(confidence)
                .grounds(grounds)
                .build();
    }
}
