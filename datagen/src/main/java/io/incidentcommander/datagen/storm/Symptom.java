// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.Severity;

/** One alert rule that fires because of a fault, on several hosts. Immutable. */
final class Symptom {
    /** Hosts of a service that show a symptom, unless it says otherwise. */
    static final int HOSTS = 12;

    private final String service;
    private final AlertKind kind;
    private final Severity severity;
    private final RecordFormat format;
    private final double onset;
    private final double weight;
    private final int hosts;

    private Symptom(
            String service,
            AlertKind kind,
            Severity severity,
            RecordFormat format,
            double onset,
            double weight,
            int hosts) {
        this.service = service;
        this.kind = kind;
        this.severity = severity;
        this.format = format;
        this.onset = onset;
        this.weight = weight;
        this.hosts = hosts;
    }

    /**
     * @param onset share of the fault's course after which it fires, in [0, 1)
     * @param weight share among the symptoms, relative
     */
    static Symptom of(
            String service,
            AlertKind kind,
            Severity severity,
            RecordFormat format,
            double onset,
            double weight,
            int hosts) {
        return new Symptom(service, kind, severity, format, onset, weight, hosts);
    }

    String service() {
        return service;
    }

    double onset() {
        return onset;
    }

    double weight() {
        return weight;
    }

    int hosts() {
        return hosts;
    }

    Message message() {
        return Message.of(format, kind, service, severity, 1, StormSpec.LEAST_BYTES);
    }
}
