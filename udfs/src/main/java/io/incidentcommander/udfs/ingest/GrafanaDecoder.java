// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;

/**
 * Grafana's alerting webhook: Alertmanager's message, with an organisation, values and links; or
 * the one of its older alerting, see {@link GrafanaLegacy}.
 */
final class GrafanaDecoder implements AlertDecoder {
    /** Names of the alerts by which Grafana says that it could not ask a rule. */
    static final String NO_DATA = "DatasourceNoData";

    static final String ERROR = "DatasourceError";

    private static final PrometheusAlerts ALERTS =
            new PrometheusAlerts(AlertFormat.GRAFANA, GrafanaDecoder::readExtras);
    private static final VolatileFields VOLATILE =
            PrometheusAlerts.volatileBeside(
                    "alerts/values/" + VolatileFields.ANY,
                    "alerts/valueString",
                    "alerts/imageURL",
                    "title",
                    "message");

    @Override
    public AlertFormat format() {
        return AlertFormat.GRAFANA;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return (document.path("alerts").isArray() && isGrafana(document))
                || GrafanaLegacy.recognises(document);
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        return GrafanaLegacy.recognises(document)
                ? GrafanaLegacy.decode(document, record, firstIndex, profile)
                : ALERTS.decode(document, record, firstIndex, profile);
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }

    /** What Alertmanager never sends. */
    static boolean isGrafana(JsonNode message) {
        JsonNode first = message.path("alerts").path(0);
        return message.has("orgId")
                || first.has("valueString")
                || first.has("dashboardURL")
                || first.has("silenceURL");
    }

    private static void readExtras(JsonNode alert, AlertDraft draft) {
        draft.value(value(alert.path("values")))
                .annotation("values", Fields.text(alert, "valueString"))
                .annotation("dashboard_url", Fields.text(alert, "dashboardURL"))
                .annotation("panel_url", Fields.text(alert, "panelURL"))
                .annotation("silence_url", Fields.text(alert, "silenceURL"))
                .annotation("image_url", Fields.text(alert, "imageURL"));
    }

    /** The first number: conditions, which are 0 or 1, follow the queries they are made of. */
    private static double value(JsonNode values) {
        for (JsonNode value : values) {
            double number = Fields.number(value);
            if (!Double.isNaN(number)) {
                return number;
            }
        }
        return Double.NaN;
    }
}
