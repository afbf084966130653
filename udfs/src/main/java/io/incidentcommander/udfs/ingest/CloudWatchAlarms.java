// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.Locale;

/**
 * What all three deliveries of a CloudWatch alarm share. An alarm has one identity, its ARN,
 * whichever way it comes, and one severity in all its states, since CloudWatch knows none: HIGH,
 * unless its name or description says otherwise.
 */
final class CloudWatchAlarms {
    private static final String SEVERITY_IN_DESCRIPTION = "severity";

    private CloudWatchAlarms() {}

    static AlertStatus status(String state) throws UndecodableException {
        switch (state) {
            case "ALARM":
                return AlertStatus.FIRING;
            case "OK":
                return AlertStatus.RESOLVED;
            case "INSUFFICIENT_DATA":
                return AlertStatus.NO_DATA;
            default:
                throw new UndecodableException(
                        "Alarm state is not one of ALARM, OK, INSUFFICIENT_DATA");
        }
    }

    /**
     * A word of the name that can mean nothing else ({@code critical}, {@code warning}, {@code
     * sev1}, {@code p2}), or {@code severity=WORD} or {@code severity: WORD} in the description.
     */
    static Severity severity(String name, String description) {
        String lower = name.toLowerCase(Locale.ROOT);
        int from = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || !isWordCharacter(lower.charAt(i))) {
                String word = lower.substring(from, i);
                if (isUnambiguous(word)) {
                    return Severities.ofWord(word).orElse(Severity.HIGH);
                }
                from = i + 1;
            }
        }
        return ofDescription(description.toLowerCase(Locale.ROOT));
    }

    private static Severity ofDescription(String description) {
        int at = description.indexOf(SEVERITY_IN_DESCRIPTION);
        if (at < 0) {
            return Severity.HIGH;
        }
        int from = at + SEVERITY_IN_DESCRIPTION.length();
        while (from < description.length() && " =:\"".indexOf(description.charAt(from)) >= 0) {
            from++;
        }
        int to = from;
        while (to < description.length() && isWordCharacter(description.charAt(to))) {
            to++;
        }
        return Severities.ofWord(description.substring(from, to)).orElse(Severity.HIGH);
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isUnambiguous(String word) {
        switch (word) {
            case "critical":
            case "crit":
            case "warning":
            case "warn":
                return true;
            default:
                return (word.length() == 2 && word.startsWith("p"))
                        || (word.length() == 4 && word.startsWith("sev"));
        }
    }

    /** The newest data point of the reason, the first number after its first bracket; or NaN. */
    static double value(String reason) {
        int open = reason.indexOf('[');
        if (open < 0) {
            return Double.NaN;
        }
        int to = open + 1;
        while (to < reason.length() && " ,]".indexOf(reason.charAt(to)) < 0) {
            to++;
        }
        return Fields.number(reason.substring(open + 1, to));
    }

    /** By ARN, or else by what an ARN is made of; the service is read off the labels so far. */
    static void identify(AlertDraft draft, String arn, String name, String account, String region) {
        draft.service(ServiceNames.cloudWatch(draft.labels()))
                .label("account", account)
                .label("region", region)
                .annotation("alarm_arn", arn);
        if (arn.isEmpty()) {
            draft.identity("alarm_name", name)
                    .identity("account", account)
                    .identity("region", region);
        } else {
            draft.identity("alarm_arn", arn);
        }
    }

    /** The labels of one metric: namespace, metric name, and each dimension by its own name. */
    static void readMetric(JsonNode dimensions, String namespace, String metric, AlertDraft draft) {
        draft.labelIfAbsent("namespace", namespace).labelIfAbsent("metric", metric);
        if (dimensions.isObject()) {
            Fields.eachText(dimensions, draft::labelIfAbsent);
        } else {
            for (JsonNode dimension : dimensions) {
                String name = Fields.firstText(dimension, "name", "Name");
                if (!name.isEmpty()) {
                    draft.labelIfAbsent(name, Fields.firstText(dimension, "value", "Value"));
                }
            }
        }
    }
}
