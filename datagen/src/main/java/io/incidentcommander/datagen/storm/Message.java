// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.Objects;

/** What a message is about, before a format gives it its words. Immutable. */
final class Message {
    private final RecordFormat format;
    private final AlertKind kind;
    private final String service;
    private final Severity severity;
    private final AlertStatus status;
    private final int alerts;
    private final int targetBytes;

    private Message(
            RecordFormat format,
            AlertKind kind,
            String service,
            Severity severity,
            AlertStatus status,
            int alerts,
            int targetBytes) {
        this.format = Objects.requireNonNull(format);
        this.kind = Objects.requireNonNull(kind);
        this.service = Objects.requireNonNull(service);
        this.severity = Objects.requireNonNull(severity);
        this.status = Objects.requireNonNull(status);
        this.alerts = alerts;
        this.targetBytes = targetBytes;
    }

    /**
     * A firing alert.
     *
     * @param alerts how many the message carries, where the format can
     * @param targetBytes a shorter message is padded to this
     */
    static Message of(
            RecordFormat format,
            AlertKind kind,
            String service,
            Severity severity,
            int alerts,
            int targetBytes) {
        int carried = format == RecordFormat.ALERTMANAGER ? alerts : format.bearsAlerts() ? 1 : 0;
        return new Message(
                format, kind, service, severity, AlertStatus.FIRING, carried, targetBytes);
    }

    Message withSeverity(Severity other) {
        return new Message(format, kind, service, other, status, alerts, targetBytes);
    }

    Message withStatus(AlertStatus other) {
        return new Message(format, kind, service, severity, other, alerts, targetBytes);
    }

    RecordFormat format() {
        return format;
    }

    AlertKind kind() {
        return kind;
    }

    String service() {
        return service;
    }

    Severity severity() {
        return severity;
    }

    AlertStatus status() {
        return status;
    }

    /** 0 if the format bears none. */
    int alerts() {
        return alerts;
    }

    int targetBytes() {
        return targetBytes;
    }

    /** Tells the identities of this message's alerts from those of other rules and services. */
    long salt() {
        return SplitMix.mix(kind.name().hashCode() * 0x1_0000_0000L + service.hashCode());
    }
}
