// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One alert in canonical form, whatever the sender called things. Immutable.
 *
 * <p>{@code eventTimeMillis} is when it happened, after correction of the source's clock skew and
 * clamping; {@code originalTimeMillis} is what the sender wrote. Both are epoch milliseconds.
 */
@TypeInfo(Alert.Info.class)
public final class Alert {
    private final AlertId id;
    private final String tenant;
    private final AlertFormat format;
    private final Fingerprint fingerprint;
    private final String name;
    private final String service;
    private final String host;
    private final Severity severity;
    private final AlertStatus status;
    private final long eventTimeMillis;
    private final long originalTimeMillis;
    private final String summary;
    private final double value;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;

    private Alert(Builder b) {
        this.id = Objects.requireNonNull(b.id, "id");
        this.tenant = Objects.requireNonNull(b.tenant, "tenant");
        this.format = Objects.requireNonNull(b.format, "format");
        this.fingerprint = Objects.requireNonNull(b.fingerprint, "fingerprint");
        this.name = Objects.requireNonNull(b.name, "name");
        this.service = Objects.requireNonNull(b.service, "service");
        this.host = Objects.requireNonNull(b.host, "host");
        this.severity = Objects.requireNonNull(b.severity, "severity");
        this.status = Objects.requireNonNull(b.status, "status");
        this.eventTimeMillis = b.eventTimeMillis;
        this.originalTimeMillis = b.originalTimeMillis;
        this.summary = Objects.requireNonNull(b.summary, "summary");
        this.value = b.value;
        this.labels = b.labels;
        this.annotations = b.annotations;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding this alert's values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.id = id;
        b.tenant = tenant;
        b.format = format;
        b.fingerprint = fingerprint;
        b.name = name;
        b.service = service;
        b.host = host;
        b.severity = severity;
        b.status = status;
        b.eventTimeMillis = eventTimeMillis;
        b.originalTimeMillis = originalTimeMillis;
        b.summary = summary;
        b.value = value;
        b.labels = labels;
        b.annotations = annotations;
        return b;
    }

    public AlertId id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public AlertFormat format() {
        return format;
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** What kind of alert: the alarm's, monitor's or rule's name. */
    public String name() {
        return name;
    }

    /** The service it concerns; {@code unknown} if the message names none. */
    public String service() {
        return service;
    }

    /** The host, instance or resource; empty if the message names none. */
    public String host() {
        return host;
    }

    public Severity severity() {
        return severity;
    }

    public AlertStatus status() {
        return status;
    }

    public long eventTimeMillis() {
        return eventTimeMillis;
    }

    public long originalTimeMillis() {
        return originalTimeMillis;
    }

    /** One line for a human; may be empty. */
    public String summary() {
        return summary;
    }

    /** The measured value, where the message carries one. */
    public OptionalDouble value() {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Sorted by key, unmodifiable. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Descriptions, links and ids that are not identity. Sorted by key, unmodifiable. */
    public Map<String, String> annotations() {
        return annotations;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Alert)) {
            return false;
        }
        Alert that = (Alert) other;
        return id.equals(that.id)
                && tenant.equals(that.tenant)
                && format == that.format
                && fingerprint.equals(that.fingerprint)
                && name.equals(that.name)
                && service.equals(that.service)
                && host.equals(that.host)
                && severity == that.severity
                && status == that.status
                && eventTimeMillis == that.eventTimeMillis
                && originalTimeMillis == that.originalTimeMillis
                && summary.equals(that.summary)
                && Double.compare(value, that.value) == 0
                && labels.equals(that.labels)
                && annotations.equals(that.annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, fingerprint, eventTimeMillis, severity, status);
    }

    @Override
    public String toString() {
        return id + " " + severity + " " + status + " " + service + "/" + name;
    }

    /**
     * Builds an {@link Alert}; all but summary, host, value, labels and annotations is required.
     */
    public static final class Builder {
        private AlertId id;
        private String tenant;
        private AlertFormat format;
        private Fingerprint fingerprint;
        private String name;
        private String service;
        private String host = "";
        private Severity severity;
        private AlertStatus status;
        private long eventTimeMillis;
        private long originalTimeMillis;
        private String summary = "";
        private double value = Double.NaN;
        private Map<String, String> labels = Collections.emptyMap();
        private Map<String, String> annotations = Collections.emptyMap();

        private Builder() {}

        public Builder id(AlertId id) {
            this.id = id;
            return this;
        }

        public Builder tenant(String tenant) {
            this.tenant = tenant;
            return this;
        }

        public Builder format(AlertFormat format) {
            this.format = format;
            return this;
        }

        public Builder fingerprint(Fingerprint fingerprint) {
            this.fingerprint = fingerprint;
            return this;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder service(String service) {
            this.service = service;
            return this;
        }

        public Builder host(String host) {
            this.host = host;
            return this;
        }

        public Builder severity(Severity severity) {
            this.severity = severity;
            return this;
        }

        public Builder status(AlertStatus status) {
            this.status = status;
            return this;
        }

        public Builder eventTimeMillis(long millis) {
            this.eventTimeMillis = millis;
            return this;
        }

        public Builder originalTimeMillis(long millis) {
            this.originalTimeMillis = millis;
            return this;
        }

        public Builder summary(String summary) {
            this.summary = summary;
            return this;
        }

        public Builder value(double value) {
            this.value = value;
            return this;
        }

        public Builder labels(Map<String, String> labels) {
            this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
            return this;
        }

        public Builder annotations(Map<String, String> annotations) {
            this.annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
            return this;
        }

        /** Takes the map over without a copy: the caller must not touch it again. */
        public Builder adoptLabels(TreeMap<String, String> labels) {
            this.labels =
                    labels.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(labels);
            return this;
        }

        /** Takes the map over without a copy: the caller must not touch it again. */
        public Builder adoptAnnotations(TreeMap<String, String> annotations) {
            this.annotations =
                    annotations.isEmpty()
                            ? Collections.emptyMap()
                            : Collections.unmodifiableMap(annotations);
            return this;
        }

        /**
         * @throws NullPointerException naming the required part that is missing
         */
        public Alert build() {
            return new Alert(this);
        }
    }

    /** Binary form, version 1. */
    public static final class AlertCodec implements Codec<Alert> {
        private static final long serialVersionUID = 1L;
        private static final Severity[] SEVERITIES = Severity.values();
        private static final AlertStatus[] STATUSES = AlertStatus.values();
        private static final AlertFormat[] FORMATS = AlertFormat.values();

        @Override
        public Class<Alert> type() {
            return Alert.class;
        }

        @Override
        public void write(Alert value, DataOutputView out) throws IOException {
            out.writeByte(1);
            AlertId.write(value.id, out);
            Wire.writeString(value.tenant, out);
            out.writeByte(value.format.ordinal());
            out.writeLong(value.fingerprint.high());
            out.writeLong(value.fingerprint.low());
            Wire.writeString(value.name, out);
            Wire.writeString(value.service, out);
            Wire.writeString(value.host, out);
            out.writeByte(value.severity.ordinal());
            out.writeByte(value.status.ordinal());
            out.writeLong(value.eventTimeMillis);
            out.writeLong(value.originalTimeMillis);
            Wire.writeString(value.summary, out);
            out.writeDouble(value.value);
            Wire.writeMap(value.labels, out);
            Wire.writeMap(value.annotations, out);
        }

        @Override
        public Alert read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, Alert.class);
            Builder b = new Builder();
            b.id = AlertId.read(in);
            b.tenant = Wire.readString(in);
            b.format = FORMATS[in.readByte()];
            b.fingerprint = new Fingerprint(in.readLong(), in.readLong());
            b.name = Wire.readString(in);
            b.service = Wire.readString(in);
            b.host = Wire.readString(in);
            b.severity = SEVERITIES[in.readByte()];
            b.status = STATUSES[in.readByte()];
            b.eventTimeMillis = in.readLong();
            b.originalTimeMillis = in.readLong();
            b.summary = Wire.readString(in);
            b.value = in.readDouble();
            b.labels = Wire.readMap(in);
            b.annotations = Wire.readMap(in);
            return new Alert(b);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Alert> {
        @Override
        public TypeInformation<Alert> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new AlertCodec());
        }
    }
}
