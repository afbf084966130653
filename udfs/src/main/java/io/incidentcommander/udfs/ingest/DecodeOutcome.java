// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.List;
import java.util.Optional;

/**
 * What one raw record turned out to be. Immutable. Exactly one {@link RecordOutcome}; alerts only
 * with {@code ALERT_BEARING}, metric points or logs only with {@code TELEMETRY}; a reason in one
 * line, without content of the record, for the rest.
 */
public final class DecodeOutcome {
    /** How many reasons of rejected parts one outcome carries. */
    public static final int MAX_REJECTED_PARTS = 16;

    private final RecordOutcome outcome;
    private final Optional<AlertFormat> format;
    private final String reason;
    private final List<Alert> alerts;
    private final List<MetricPoint> metrics;
    private final List<LogRecord> logs;
    private final List<String> rejectedParts;

    private DecodeOutcome(
            RecordOutcome outcome,
            Optional<AlertFormat> format,
            String reason,
            List<Alert> alerts,
            List<MetricPoint> metrics,
            List<LogRecord> logs,
            List<String> rejectedParts) {
        this.outcome = outcome;
        this.format = format;
        this.reason = reason;
        this.alerts = List.copyOf(alerts);
        this.metrics = List.copyOf(metrics);
        this.logs = List.copyOf(logs);
        this.rejectedParts = List.copyOf(rejectedParts);
    }

    /**
     * The same outcome of a message of many parts of which some could not be decoded: the others
     * count, and {@code reasons} tell of these, one each, at most {@value #MAX_REJECTED_PARTS}.
     */
    public DecodeOutcome withRejectedParts(List<String> reasons) {
        return new DecodeOutcome(
                outcome,
                format,
                reason,
                alerts,
                metrics,
                logs,
                reasons.subList(0, Math.min(MAX_REJECTED_PARTS, reasons.size())));
    }

    /** At least one alert. */
    public static DecodeOutcome alerts(AlertFormat format, List<Alert> alerts) {
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("An alert-bearing record bears alerts");
        }
        return new DecodeOutcome(
                RecordOutcome.ALERT_BEARING,
                Optional.of(format),
                "",
                alerts,
                List.of(),
                List.of(),
                List.of());
    }

    public static DecodeOutcome metrics(AlertFormat format, List<MetricPoint> metrics) {
        return new DecodeOutcome(
                RecordOutcome.TELEMETRY,
                Optional.of(format),
                "",
                List.of(),
                metrics,
                List.of(),
                List.of());
    }

    public static DecodeOutcome logs(AlertFormat format, List<LogRecord> logs) {
        return new DecodeOutcome(
                RecordOutcome.TELEMETRY,
                Optional.of(format),
                "",
                List.of(),
                List.of(),
                logs,
                List.of());
    }

    /** Understood and not an alert; {@code reason} says what it is. */
    public static DecodeOutcome notAnAlert(AlertFormat format, String reason) {
        return plain(RecordOutcome.NOT_AN_ALERT, Optional.of(format), reason);
    }

    public static DecodeOutcome echo(AlertFormat format, String reason) {
        return plain(RecordOutcome.ECHO, Optional.of(format), reason);
    }

    public static DecodeOutcome deadLetter(String reason) {
        return plain(RecordOutcome.DEAD_LETTER, Optional.empty(), reason);
    }

    private static DecodeOutcome plain(
            RecordOutcome outcome, Optional<AlertFormat> format, String reason) {
        return new DecodeOutcome(
                outcome, format, reason, List.of(), List.of(), List.of(), List.of());
    }

    public RecordOutcome outcome() {
        return outcome;
    }

    /** Empty for a dead letter of no recognisable format. */
    public Optional<AlertFormat> format() {
        return format;
    }

    public String reason() {
        return reason;
    }

    public List<Alert> alerts() {
        return alerts;
    }

    public List<MetricPoint> metrics() {
        return metrics;
    }

    public List<LogRecord> logs() {
        return logs;
    }

    /** Why parts of the record were left out though the record as a whole was read. */
    public List<String> rejectedParts() {
        return rejectedParts;
    }
}
