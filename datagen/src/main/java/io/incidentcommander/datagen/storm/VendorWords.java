// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.Locale;
import java.util.Map;

/** How each vendor says how bad an alert is, and whether it is over. */
final class VendorWords {
    private VendorWords() {}

    static void put(Severity severity, AlertStatus status, Map<String, String> variables) {
        variables.put("severity", severity.name());
        variables.put("prometheus_severity", severity.name().toLowerCase(Locale.ROOT));
        variables.put("pagerduty_severity", pagerDuty(severity));
        variables.put(
                "datadog_priority", "P" + (Severity.CRITICAL.ordinal() - severity.ordinal() + 1));
        variables.put("datadog_severity", "");
        variables.put("status", status.name());
        if (status == AlertStatus.RESOLVED) {
            resolved(variables);
        } else {
            firing(severity, variables);
        }
    }

    private static void firing(Severity severity, Map<String, String> variables) {
        variables.put("cloudwatch_state", "ALARM");
        variables.put("cloudwatch_previous", "OK");
        variables.put("datadog_transition", "Triggered");
        variables.put("datadog_type", severity.compareTo(Severity.HIGH) >= 0 ? "error" : "warning");
        variables.put("prometheus_status", "firing");
        variables.put("prometheus_starts", "${now}Z");
        variables.put("prometheus_ends", "0001-01-01T00:00:00Z");
        variables.put("grafana_title", "FIRING:1");
        variables.put("grafana_state", "alerting");
        variables.put("pagerduty_action", "trigger");
    }

    private static void resolved(Map<String, String> variables) {
        variables.put("cloudwatch_state", "OK");
        variables.put("cloudwatch_previous", "ALARM");
        variables.put("datadog_transition", "Recovered");
        variables.put("datadog_type", "success");
        variables.put("prometheus_status", "resolved");
        variables.put("prometheus_starts", "${earlier}Z");
        variables.put("prometheus_ends", "${now}Z");
        variables.put("grafana_title", "RESOLVED");
        variables.put("grafana_state", "ok");
        variables.put("pagerduty_action", "resolve");
    }

    /** PagerDuty knows four. */
    private static String pagerDuty(Severity severity) {
        switch (severity) {
            case CRITICAL:
                return "critical";
            case HIGH:
                return "error";
            case MEDIUM:
            case LOW:
                return "warning";
            default:
                return "info";
        }
    }
}
