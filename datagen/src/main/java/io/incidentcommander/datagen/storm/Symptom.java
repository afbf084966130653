// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.Severity;
import java.util.Objects;

/**
 * One rule that fires because of a fault, or one metric that moves, on several hosts. Immutable.
 */
final class Symptom {
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
        this.service = Objects.requireNonNull(service);
        this.kind = Objects.requireNonNull(kind);
        this.severity = Objects.requireNonNull(severity);
        this.format = Objects.requireNonNull(format);
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

    String name() {
        return kind.name();
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

    /** False for a metric. */
    boolean bearsAlerts() {
        return format.bearsAlerts();
    }

    Message message() {
        return Message.of(format, kind, service, severity, 1, StormSpec.LEAST_BYTES);
    }

    /** Hundredths. What leaks rises steadily; all else is anywhere. */
    long value(double progress, long random) {
        long anywhere = 1_000 + (random & 0xffff) * 9_000 / 0x10000;
        return bearsAlerts() ? anywhere : 4_000 + (long) (5_500 * Math.min(1, progress / 0.7));
    }
}
