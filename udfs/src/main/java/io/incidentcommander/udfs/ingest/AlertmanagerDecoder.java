// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;

/**
 * The webhook of Prometheus Alertmanager, version 4: one message, many alerts; or alerts as its API
 * has them, see {@link AlertmanagerApi}.
 */
final class AlertmanagerDecoder implements AlertDecoder {
    private static final PrometheusAlerts ALERTS =
            new PrometheusAlerts(AlertFormat.ALERTMANAGER, (alert, draft) -> {});
    private static final AlertmanagerApi API =
            new AlertmanagerApi(
                    new PrometheusAlerts(
                            AlertFormat.ALERTMANAGER, AlertmanagerDecoder::readSuppression));

    @Override
    public AlertFormat format() {
        return AlertFormat.ALERTMANAGER;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return isWebhook(document) || AlertmanagerApi.recognises(document);
    }

    /** By its envelope, or by what its first alert looks like where a relay took that off. */
    private static boolean isWebhook(JsonNode document) {
        JsonNode alerts = document.path("alerts");
        return alerts.isArray()
                && (document.has("groupKey")
                        || document.has("receiver")
                        || alerts.path(0).path("labels").isObject())
                && !GrafanaDecoder.isGrafana(document);
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        return AlertmanagerApi.recognises(document)
                ? API.decode(document, record, firstIndex, profile)
                : ALERTS.decode(document, record, firstIndex, profile);
    }

    @Override
    public VolatileFields volatileFields() {
        return PrometheusAlerts.VOLATILE;
    }

    /** Somebody silenced it there, or another alert speaks for it. */
    private static void readSuppression(JsonNode alert, AlertDraft draft) {
        JsonNode status = alert.path("status");
        draft.annotation("silenced_by", joined(status.path("silencedBy")))
                .annotation("inhibited_by", joined(status.path("inhibitedBy")))
                .annotation("muted_by", joined(status.path("mutedBy")));
    }

    private static String joined(JsonNode ids) {
        StringBuilder text = new StringBuilder();
        for (JsonNode id : ids) {
            text.append(text.length() == 0 ? "" : ",").append(Fields.text(id));
        }
        return text.toString();
    }
}
