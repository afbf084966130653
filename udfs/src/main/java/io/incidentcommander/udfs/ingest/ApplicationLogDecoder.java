// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Structured log lines as the usual libraries write them: a message with a level or a time. Numeric
 * levels are those of Bunyan and Pino (10 trace to 60 fatal).
 */
final class ApplicationLogDecoder implements AlertDecoder {
    private static final String[] MESSAGE = {
        "message", "msg", "log", "@m", "@mt", "event", "textPayload"
    };
    private static final String[] LEVEL = {
        "level", "severity", "lvl", "levelname", "log.level", "loglevel", "@l"
    };
    private static final String[] TIME = {
        "timestamp", "@timestamp", "time", "ts", "datetime", "asctime", "@t"
    };

    /** Keys by which the document is of another format. */
    private static final String[] FOREIGN = {
        "alerts", "alert_transition", "alert_type", "monitor_id", "last_updated", "event_action",
        "alarmData", "AlarmName", "detail-type", "metric_stream_name", "TopicArn", "resourceLogs",
        "resourceMetrics", "challenge",
    };

    @Override
    public AlertFormat format() {
        return AlertFormat.APPLICATION_LOG;
    }

    @Override
    public boolean recognises(JsonNode document) {
        if (!hasAny(document, MESSAGE) || hasKey(document, FOREIGN)) {
            return false;
        }
        return hasAny(document, LEVEL) || hasAny(document, TIME);
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        TreeMap<String, String> attributes = new TreeMap<>();
        Fields.eachText(document, attributes::put);
        String body = Fields.firstText(document, MESSAGE);
        String service = service(document, attributes);
        remove(attributes, MESSAGE);
        remove(attributes, LEVEL);
        remove(attributes, TIME);
        BoundedText.bound(attributes, AlertDraft.MAX_LABELS, AlertDraft.MAX_LABEL_LENGTH);
        LogRecord log =
                new LogRecord(
                        AlertId.of(record, firstIndex),
                        profile.tenant(),
                        Fields.shorten(service, AlertDraft.MAX_LABEL_LENGTH),
                        severity(level(document)),
                        time(document, record),
                        body,
                        Collections.unmodifiableMap(attributes));
        return DecodeOutcome.logs(format(), List.of(log));
    }

    @Override
    public VolatileFields volatileFields() {
        return VolatileFields.none();
    }

    /** As a key, or as the Elastic Common Schema nests it. */
    private static String level(JsonNode document) {
        String level = Fields.firstText(document, LEVEL);
        return level.isEmpty() ? Fields.text(document.path("log"), "level") : level;
    }

    private static String service(JsonNode document, TreeMap<String, String> attributes) {
        String nested = Fields.text(document.path("service"), "name");
        if (!nested.isEmpty()) {
            return nested;
        }
        String service = ServiceNames.service(attributes);
        return service.equals(ServiceNames.UNKNOWN)
                ? attributes.getOrDefault("name", ServiceNames.UNKNOWN)
                : service;
    }

    private static long time(JsonNode document, RawRecord record) throws UndecodableException {
        for (String field : TIME) {
            if (Fields.isScalar(document, field)) {
                return Fields.timeOr(document, field, Fields.arrival(record));
            }
        }
        return Fields.arrival(record);
    }

    private static Severity severity(String level) {
        double number = Fields.number(level);
        if (Double.isNaN(number)) {
            return Severities.ofWord(level).orElse(Severity.INFO);
        }
        if (number >= 60) {
            return Severity.CRITICAL;
        }
        if (number >= 50) {
            return Severity.HIGH;
        }
        return number >= 40 ? Severity.MEDIUM : Severity.INFO;
    }

    private static boolean hasAny(JsonNode document, String[] fields) {
        for (String field : fields) {
            if (Fields.isScalar(document, field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasKey(JsonNode document, String[] fields) {
        for (String field : fields) {
            if (document.has(field)) {
                return true;
            }
        }
        return false;
    }

    private static void remove(TreeMap<String, String> attributes, String[] fields) {
        for (String field : fields) {
            attributes.remove(field);
        }
    }
}
