// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts as Alertmanager's API tells them ({@code GET /api/v2/alerts}), as Prometheus posts them to
 * it, as Prometheus lists them ({@code GET /api/v1/alerts}), or one taken out of a webhook message:
 * an object with labels. The API answers with a bare array of them, which is a batch; its first
 * version and Prometheus wrap theirs in {@code data}.
 *
 * <p>What the API lists fires, suppressed or not; one that is posted has ended if its end is not
 * after its arrival. Where no arrival is known, a posted alert with an end is two: it began, and it
 * ended.
 */
final class AlertmanagerApi {
    private final PrometheusAlerts alerts;

    AlertmanagerApi(PrometheusAlerts alerts) {
        this.alerts = alerts;
    }

    /** By its shape. */
    static boolean recognises(JsonNode document) {
        return isAlert(document) || isAlert(wrapped(document).path(0));
    }

    DecodeOutcome decode(JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (isAlert(document)) {
            return one(document, record, firstIndex, profile);
        }
        Parts parts = new Parts();
        JsonNode all = wrapped(document);
        for (int i = 0; i < all.size(); i++) {
            try {
                parts.add(i, one(all.get(i), record, firstIndex + parts.nextIndex(), profile));
            } catch (UndecodableException e) {
                parts.reject(i, e.getMessage());
            }
        }
        return parts.outcome();
    }

    private static boolean isAlert(JsonNode node) {
        return Fields.isText(node.path("labels"), "alertname")
                && !node.has("name")
                && !node.has("alerts")
                && !node.has("message");
    }

    private static JsonNode wrapped(JsonNode document) {
        JsonNode data = document.path("data");
        return data.isArray() ? data : data.path("alerts");
    }

    private DecodeOutcome one(JsonNode alert, RawRecord record, int index, SourceProfile profile)
            throws UndecodableException {
        if (Fields.isText(alert, "status")) {
            return alerts.one(alert, AlertStatus.FIRING, record, index, profile);
        }
        if (Fields.isText(alert, "state")) {
            return ofRule(alert, record, index, profile);
        }
        long began = time(alert, "startsAt", record);
        if (alert.path("status").isObject()) {
            checkListed(Fields.text(alert.path("status"), "state"));
            return alerts.at(alert, AlertStatus.FIRING, began, record, index, profile);
        }
        return posted(alert, began, record, index, profile);
    }

    /** A rule of Prometheus that is pending, or no longer ill, is no alert yet, or no more. */
    private DecodeOutcome ofRule(JsonNode alert, RawRecord record, int index, SourceProfile profile)
            throws UndecodableException {
        if (!Fields.text(alert, "state").equals("firing")) {
            return DecodeOutcome.notAnAlert(alerts.format(), "A rule that does not fire");
        }
        long began = time(alert, "activeAt", record);
        return alerts.at(alert, AlertStatus.FIRING, began, record, index, profile);
    }

    private DecodeOutcome posted(
            JsonNode alert, long began, RawRecord record, int index, SourceProfile profile)
            throws UndecodableException {
        boolean open =
                !Fields.has(alert, "endsAt")
                        || Timestamps.isOpenEnd(Fields.time(alert.get("endsAt")));
        if (open) {
            return alerts.at(alert, AlertStatus.FIRING, began, record, index, profile);
        }
        long ended = time(alert, "endsAt", record);
        if (!record.hasArrival() && Fields.has(alert, "startsAt") && began <= ended) {
            return both(
                    alerts.at(alert, AlertStatus.FIRING, began, record, index, profile),
                    alerts.at(alert, AlertStatus.RESOLVED, ended, record, index + 1, profile));
        }
        return !record.hasArrival() || ended <= record.arrivalMillis()
                ? alerts.at(alert, AlertStatus.RESOLVED, ended, record, index, profile)
                : alerts.at(alert, AlertStatus.FIRING, began, record, index, profile);
    }

    private DecodeOutcome both(DecodeOutcome began, DecodeOutcome ended) {
        if (began.alerts().isEmpty()) {
            return began; // an echo
        }
        List<Alert> two = new ArrayList<>(began.alerts());
        two.addAll(ended.alerts());
        return DecodeOutcome.alerts(alerts.format(), two);
    }

    private static long time(JsonNode alert, String field, RawRecord record)
            throws UndecodableException {
        return Fields.timeOr(alert, field, Fields.arrival(record));
    }

    private static void checkListed(String state) throws UndecodableException {
        switch (state) {
            case "active":
            case "suppressed":
            case "unprocessed":
                return;
            default:
                throw new UndecodableException(
                        "Field status/state is not active, suppressed or unprocessed");
        }
    }
}
