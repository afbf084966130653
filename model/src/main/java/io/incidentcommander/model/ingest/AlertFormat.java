// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import java.util.Locale;
import java.util.Optional;

/** The message formats that are understood. Ordinals are stored: append, never reorder. */
public enum AlertFormat {
    CANONICAL,
    CLOUDWATCH_EVENTBRIDGE,
    CLOUDWATCH_SNS,
    CLOUDWATCH_LAMBDA,
    CLOUDWATCH_METRIC_STREAM,
    DATADOG,
    PAGERDUTY_WEBHOOK,
    PAGERDUTY_EVENTS,
    ALERTMANAGER,
    GRAFANA,
    SLACK,
    OTLP_LOGS,
    OTLP_METRICS,
    APPLICATION_LOG,
    CSV;

    /** The name used on the command line and in options: {@code cloudwatch-eventbridge}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<AlertFormat> ofOptionName(String name) {
        for (AlertFormat format : values()) {
            if (format.optionName().equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
