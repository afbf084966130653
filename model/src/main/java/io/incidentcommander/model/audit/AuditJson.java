// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * The JSON of incidents, events, fates and ledgers: one object, UTF-8, without a line end. Times
 * are ISO-8601 in UTC, costs are decimal numbers without an exponent. Thread safe.
 */
public final class AuditJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private AuditJson() {}

    /** As {@code ledger.json}: per source the records in and by outcome, the alerts and theirs. */
    public static byte[] of(Ledger ledger) {
        return write(
                json -> {
                    for (Map.Entry<String, SourceCounts> source : ledger.counts().entrySet()) {
                        json.writeObjectFieldStart(source.getKey());
                        writeCounts(source.getValue(), json);
                        json.writeEndObject();
                    }
                });
    }

    public static byte[] of(Incident incident) {
        return write(json -> writeIncident(incident, json));
    }

    /**
     * As a line of {@code incidents.ndjson} of a live run.
     *
     * @param slaRisk a word for whether the promise is kept, which is no part of the incident
     */
    public static byte[] of(Incident incident, String slaRisk) {
        return write(
                json -> {
                    writeIncident(incident, json);
                    json.writeStringField("sla_risk", slaRisk);
                });
    }

    /**
     * The same of a finite run: with the ids of alerts that made it.
     *
     * @param history a line for each of its events
     */
    public static byte[] of(
            Incident incident, String slaRisk, Iterable<String> history, Iterable<AlertId> alerts) {
        return write(
                json -> {
                    writeIncident(incident, json);
                    json.writeStringField("sla_risk", slaRisk);
                    writeTexts("history", history, json);
                    json.writeArrayFieldStart("alert_ids");
                    for (AlertId alert : alerts) {
                        json.writeString(alert.toString());
                    }
                    json.writeEndArray();
                });
    }

    /** With the event's id and hash, and the incident after it as an object of its own. */
    public static byte[] of(IncidentEvent event) {
        return write(json -> writeEvent(event, json));
    }

    /** As a line of {@code alerts.ndjson}; {@code incident_id} is null if there is none. */
    public static byte[] of(AlertFate fate) {
        return write(json -> writeFate(fate, json));
    }

    /** What became of a control update. */
    public static byte[] of(ControlReport report) {
        return write(
                json -> {
                    json.writeStringField("update", report.update());
                    json.writeStringField("author", report.author());
                    json.writeStringField("outcome", report.outcome().word());
                    json.writeStringField("reason", report.reason());
                    json.writeNumberField("event_time_millis", report.eventTimeMillis());
                });
    }

    private static void writeCounts(SourceCounts counts, JsonGenerator json) throws IOException {
        json.writeNumberField("in", counts.recordsIn());
        for (RecordOutcome outcome : RecordOutcome.values()) {
            json.writeNumberField(outcome.word(), counts.records(outcome));
        }
        json.writeNumberField("alerts", counts.alerts());
        for (Disposition disposition : Disposition.values()) {
            json.writeNumberField(disposition.word(), counts.alerts(disposition));
        }
    }

    private static void writeIncident(Incident incident, JsonGenerator json) throws IOException {
        json.writeStringField("incident_id", incident.incidentId());
        json.writeStringField("tenant", incident.tenant());
        json.writeStringField("type", incident.type().word());
        json.writeStringField("severity", incident.severity().name());
        json.writeArrayFieldStart("services");
        for (String service : incident.services()) {
            json.writeString(service);
        }
        json.writeEndArray();
        json.writeStringField("state", incident.state().word());
        writeTime("opened_at", incident.openedAtMillis(), json);
        writeTime("updated_at", incident.updatedAtMillis(), json);
        if (incident.isClosed()) {
            writeTime("closed_at", incident.closedAtMillis(), json);
        }
        json.writeNumberField("alert_count", incident.alertCount());
        json.writeNumberField("kept_alerts", incident.keptAlerts());
        json.writeNumberField("confidence", incident.confidence());
        json.writeFieldName("cost_usd");
        json.writeNumber(incident.costUsd().toPlainString());
        json.writeNumberField("sequence", incident.sequence());
        json.writeStringField("title", incident.title());
        if (incident.mergedInto().isPresent()) {
            json.writeStringField("merged_into", incident.mergedInto().get());
        }
        if (!incident.grounds().isEmpty()) {
            writeGrounds(incident.grounds(), json);
        }
    }

    private static void writeGrounds(Grounds grounds, JsonGenerator json) throws IOException {
        writeTexts("origins", grounds.origins(), json);
        json.writeNumberField("confidence_low", grounds.confidenceLow());
        json.writeNumberField("confidence_high", grounds.confidenceHigh());
        writeTexts("evidence", grounds.evidence(), json);
    }

    private static void writeTexts(String field, Iterable<String> texts, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeEvent(IncidentEvent event, JsonGenerator json) throws IOException {
        json.writeStringField("event_id", event.eventId());
        json.writeStringField("incident_id", event.incidentId());
        json.writeStringField("tenant", event.tenant());
        json.writeNumberField("sequence", event.sequence());
        json.writeStringField("kind", event.kind().word());
        writeTime("event_time", event.eventTimeMillis(), json);
        json.writeStringField("agent", event.agent());
        json.writeStringField("cause", event.cause());
        json.writeArrayFieldStart("alert_ids");
        for (AlertId alert : event.causingAlerts()) {
            json.writeString(alert.toString());
        }
        json.writeEndArray();
        json.writeObjectFieldStart("incident");
        writeIncident(event.incident(), json);
        json.writeEndObject();
        json.writeStringField("previous_hash", event.previousHash());
        json.writeStringField("hash", event.hash());
    }

    private static void writeFate(AlertFate fate, JsonGenerator json) throws IOException {
        AlertId id = fate.alertId();
        json.writeStringField("alert_id", id.toString());
        json.writeStringField("source", id.source());
        json.writeNumberField("offset", id.offset());
        json.writeNumberField("index", id.index());
        json.writeStringField("disposition", fate.disposition().word());
        json.writeObjectField("incident_id", fate.incidentId().orElse(null));
        json.writeStringField("stage", fate.stage());
        json.writeStringField("reason", fate.reason());
        if (fate.representative().isPresent()) {
            json.writeStringField("representative", fate.representative().get().toString());
        }
        if (fate.summary().isPresent()) {
            json.writeStringField("summary", fate.summary().get());
        }
    }

    private static void writeTime(String field, long epochMillis, JsonGenerator json)
            throws IOException {
        json.writeStringField(field, Instant.ofEpochMilli(epochMillis).toString());
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing into memory does not fail", e);
        }
        return out.toByteArray();
    }

    /** The fields of one object. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
