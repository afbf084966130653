// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One line of a log: telemetry, not an alert. The body is untrusted text. */
@TypeInfo(LogRecord.Info.class)
public final class LogRecord {
    private final AlertId id;
    private final String tenant;
    private final String service;
    private final Severity severity;
    private final long timeMillis;
    private final String body;
    private final Map<String, String> attributes;

    /** {@code attributes} sorted by key. */
    public LogRecord(
            AlertId id,
            String tenant,
            String service,
            Severity severity,
            long timeMillis,
            String body,
            Map<String, String> attributes) {
        this.id = Objects.requireNonNull(id, "id");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.timeMillis = timeMillis;
        this.body = Objects.requireNonNull(body, "body");
        this.attributes = Objects.requireNonNull(attributes, "attributes");
    }

    /** Source, partition, offset and index within the record. */
    public AlertId id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    public Severity severity() {
        return severity;
    }

    public long timeMillis() {
        return timeMillis;
    }

    public String body() {
        return body;
    }

    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return service + " " + severity + "@" + timeMillis;
    }

    /** Binary form, version 1. */
    public static final class LogRecordCodec implements Codec<LogRecord> {
        private static final long serialVersionUID = 1L;
        private static final Severity[] SEVERITIES = Severity.values();

        @Override
        public Class<LogRecord> type() {
            return LogRecord.class;
        }

        @Override
        public void write(LogRecord value, DataOutputView out) throws IOException {
            out.writeByte(1);
            AlertId.write(value.id, out);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            out.writeByte(value.severity.ordinal());
            out.writeLong(value.timeMillis);
            Wire.writeString(value.body, out);
            Wire.writeMap(value.attributes, out);
        }

        @Override
        public LogRecord read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, LogRecord.class);
            return new LogRecord(
                    AlertId.read(in),
                    Wire.readString(in),
                    Wire.readString(in),
                    SEVERITIES[in.readByte()],
                    in.readLong(),
                    Wire.readString(in),
                    Wire.readMap(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<LogRecord> {
        @Override
        public TypeInformation<LogRecord> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LogRecordCodec());
        }
    }
}
