// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.audit.RecordOutcome;
import java.util.Locale;

/** What a generated record is, and what reading it must come to. */
public enum RecordFormat {
    CANONICAL(RecordOutcome.ALERT_BEARING),
    EVENTBRIDGE(RecordOutcome.ALERT_BEARING),
    SNS(RecordOutcome.ALERT_BEARING),
    DATADOG(RecordOutcome.ALERT_BEARING),
    /** Carries one to five alerts, each on its own host. */
    ALERTMANAGER(RecordOutcome.ALERT_BEARING),
    PAGERDUTY_EVENTS(RecordOutcome.ALERT_BEARING),
    GRAFANA(RecordOutcome.ALERT_BEARING),
    OTLP_METRICS(RecordOutcome.TELEMETRY),
    OTLP_LOGS(RecordOutcome.TELEMETRY),
    /** An alarm was edited. */
    CONFIG_CHANGE(RecordOutcome.NOT_AN_ALERT),
    SUBSCRIPTION(RecordOutcome.NOT_AN_ALERT),
    /** PagerDuty telling us of an incident that we opened there. */
    ECHO(RecordOutcome.ECHO),
    /** Cut, binary, foreign or otherwise not to be read. */
    JUNK(RecordOutcome.DEAD_LETTER);

    private final RecordOutcome outcome;

    RecordFormat(RecordOutcome outcome) {
        this.outcome = outcome;
    }

    public RecordOutcome outcome() {
        return outcome;
    }

    public boolean bearsAlerts() {
        return outcome == RecordOutcome.ALERT_BEARING;
    }

    String resource() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    }
}
