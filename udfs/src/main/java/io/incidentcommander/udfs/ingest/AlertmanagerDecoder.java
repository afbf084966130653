// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;

/** The webhook of Prometheus Alertmanager, version 4: one message, many alerts. */
final class AlertmanagerDecoder implements AlertDecoder {
    private static final PrometheusAlerts ALERTS =
            new PrometheusAlerts(AlertFormat.ALERTMANAGER, (alert, draft) -> {});

    @Override
    public AlertFormat format() {
        return AlertFormat.ALERTMANAGER;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("alerts").isArray()
                && (document.has("groupKey") || document.has("receiver"))
                && !GrafanaDecoder.isGrafana(document);
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        return ALERTS.decode(document, record, firstIndex, profile);
    }

    @Override
    public VolatileFields volatileFields() {
        return PrometheusAlerts.VOLATILE;
    }
}
