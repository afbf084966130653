// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** OTLP logs in JSON: 64-bit integers as strings, times in ns. */
final class OtlpLogsDecoder implements AlertDecoder {
    @Override
    public AlertFormat format() {
        return AlertFormat.OTLP_LOGS;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("resourceLogs").isArray();
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        List<LogRecord> logs = new ArrayList<>();
        OtlpValues values = new OtlpValues();
        for (JsonNode resourceLogs : document.path("resourceLogs")) {
            TreeMap<String, String> resource = OtlpValues.attributes(resourceLogs.path("resource"));
            for (JsonNode scope : resourceLogs.path("scopeLogs")) {
                for (JsonNode log : scope.path("logRecords")) {
                    AlertId id = AlertId.of(record, firstIndex + logs.size());
                    logs.add(log(log, resource, values, id, record, profile));
                }
            }
        }
        return logs.isEmpty()
                ? DecodeOutcome.notAnAlert(format(), "The message holds no log records")
                : DecodeOutcome.logs(format(), logs);
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }

    private static LogRecord log(
            JsonNode log,
            TreeMap<String, String> resource,
            OtlpValues values,
            AlertId id,
            RawRecord record,
            SourceProfile profile)
            throws UndecodableException {
        long observed = OtlpValues.timeOr(log, "observedTimeUnixNano", Fields.arrival(record));
        return new LogRecord(
                id,
                profile.tenant(),
                OtlpValues.service(resource),
                severity(log),
                OtlpValues.timeOr(log, "timeUnixNano", observed),
                OtlpValues.text(log.path("body")),
                values.merged(resource, log));
    }

    /** By the number's range of four (trace, debug, info, warn, error, fatal), else the text. */
    private static Severity severity(JsonNode log) {
        double number = Fields.number(log, "severityNumber");
        if (number >= 1 && number <= 24) {
            if (number >= 21) {
                return Severity.CRITICAL;
            }
            if (number >= 17) {
                return Severity.HIGH;
            }
            return number >= 13 ? Severity.MEDIUM : Severity.INFO;
        }
        return Severities.ofWord(Fields.text(log, "severityText")).orElse(Severity.INFO);
    }
}
