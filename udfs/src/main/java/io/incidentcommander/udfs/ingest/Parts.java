// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the parts of one message into one outcome. Alerts win over telemetry, telemetry over an
 * echo, an echo over what is no alert, and anything over what could not be decoded: one bad part
 * does not lose its good neighbours. Whatever does not fit the winner is told as a rejected part.
 */
final class Parts {
    private final List<Alert> alerts = new ArrayList<>();
    private final List<MetricPoint> metrics = new ArrayList<>();
    private final List<LogRecord> logs = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private DecodeOutcome quiet; // an echo, or what is no alert; null: none yet
    private AlertFormat alertFormat;
    private AlertFormat metricFormat;
    private AlertFormat logFormat;

    /** Index for the next alert, metric point or log record. */
    int nextIndex() {
        return alerts.size() + metrics.size() + logs.size();
    }

    void add(AlertFormat format, Alert alert) {
        alertFormat = alertFormat == null ? format : alertFormat;
        alerts.add(alert);
    }

    void reject(int part, String reason) {
        if (rejected.size() < DecodeOutcome.MAX_REJECTED_PARTS) {
            rejected.add("Part " + part + ": " + reason);
        }
    }

    void add(int part, DecodeOutcome outcome) {
        switch (outcome.outcome()) {
            case ALERT_BEARING:
                outcome.alerts().forEach(alert -> add(outcome.format().get(), alert));
                break;
            case TELEMETRY:
                addTelemetry(outcome);
                break;
            case ECHO:
                quiet = outcome;
                break;
            case NOT_AN_ALERT:
                quiet = quiet == null ? outcome : quiet;
                break;
            case DEAD_LETTER:
                reject(part, outcome.reason());
                break;
        }
        outcome.rejectedParts().forEach(reason -> reject(part, reason));
    }

    /**
     * @throws UndecodableException if nothing at all could be decoded
     */
    DecodeOutcome outcome() throws UndecodableException {
        if (!alerts.isEmpty()) {
            refuseOthers(metrics.size() + logs.size());
            return DecodeOutcome.alerts(alertFormat, alerts).withRejectedParts(rejected);
        }
        if (!metrics.isEmpty()) {
            refuseOthers(logs.size());
            return DecodeOutcome.metrics(metricFormat, metrics).withRejectedParts(rejected);
        }
        if (!logs.isEmpty()) {
            return DecodeOutcome.logs(logFormat, logs).withRejectedParts(rejected);
        }
        if (quiet != null) {
            return quiet.withRejectedParts(rejected);
        }
        throw new UndecodableException(
                rejected.isEmpty()
                        ? "Empty batch: the array holds nothing; skip it at the sender"
                        : rejected.get(0));
    }

    private void addTelemetry(DecodeOutcome outcome) {
        if (!outcome.metrics().isEmpty()) {
            metricFormat = metricFormat == null ? outcome.format().get() : metricFormat;
            metrics.addAll(outcome.metrics());
        }
        if (!outcome.logs().isEmpty()) {
            logFormat = logFormat == null ? outcome.format().get() : logFormat;
            logs.addAll(outcome.logs());
        }
    }

    private void refuseOthers(int count) {
        if (count > 0) {
            rejected.add(
                    0, count + " parts are of another kind than the first: send each kind apart");
        }
    }
}
