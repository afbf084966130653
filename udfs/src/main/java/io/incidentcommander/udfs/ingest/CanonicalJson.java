// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Our own JSON, one object a line, without the line break. An alert written here and decoded again
 * is the same alert, but for its id. The same value always gives the same text.
 */
public final class CanonicalJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private CanonicalJson() {}

    public static String write(Alert alert) {
        return line(
                json -> {
                    json.writeStringField("alert_id", alert.id().toString());
                    json.writeStringField("tenant", alert.tenant());
                    json.writeStringField("format", alert.format().optionName());
                    json.writeStringField("fingerprint", alert.fingerprint().toString());
                    json.writeStringField("name", alert.name());
                    json.writeStringField("service", alert.service());
                    json.writeStringField("host", alert.host());
                    json.writeStringField("severity", lower(alert.severity().name()));
                    json.writeStringField("status", lower(alert.status().name()));
                    writeTime("time", alert.eventTimeMillis(), json);
                    if (alert.originalTimeMillis() != alert.eventTimeMillis()) {
                        writeTime("original_time", alert.originalTimeMillis(), json);
                    }
                    json.writeStringField("summary", alert.summary());
                    if (alert.value().isPresent()) {
                        json.writeNumberField("value", alert.value().getAsDouble());
                    }
                    writeMap("labels", alert.labels(), json);
                    writeMap("annotations", alert.annotations(), json);
                });
    }

    public static String write(MetricPoint point) {
        return line(
                json -> {
                    json.writeStringField("id", point.id().toString());
                    json.writeStringField("tenant", point.tenant());
                    json.writeStringField("metric", point.metric());
                    json.writeStringField("service", point.service());
                    writeTime("time", point.timeMillis(), json);
                    json.writeNumberField("value", point.value());
                    json.writeStringField("unit", point.unit());
                    writeMap("dimensions", point.dimensions(), json);
                });
    }

    public static String write(LogRecord log) {
        return line(
                json -> {
                    json.writeStringField("id", log.id().toString());
                    json.writeStringField("tenant", log.tenant());
                    json.writeStringField("service", log.service());
                    json.writeStringField("severity", lower(log.severity().name()));
                    writeTime("time", log.timeMillis(), json);
                    json.writeStringField("body", log.body());
                    writeMap("attributes", log.attributes(), json);
                });
    }

    public static String write(DeadLetter letter) {
        return line(
                json -> {
                    json.writeStringField("source", letter.source());
                    json.writeStringField("partition", letter.partition());
                    json.writeNumberField("offset", letter.offset());
                    json.writeStringField("reason", letter.reason());
                    json.writeNumberField("size", letter.size());
                    json.writeBinaryField("head_base64", letter.head());
                });
    }

    /** Writes the fields of one object. */
    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String line(Body body) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A string writer does no input or output", e);
        }
        return text.toString();
    }

    /** Left out if it is not known, as the reader expects it. */
    private static void writeTime(String field, long millis, JsonGenerator json)
            throws IOException {
        if (millis != RecordDecoder.UNKNOWN_TIME) {
            json.writeStringField(field, Instant.ofEpochMilli(millis).toString());
        }
    }

    private static void writeMap(String field, Map<String, String> map, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> entry : map.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
