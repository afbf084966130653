// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What an incident was like, what caused it, what was done, and whether that was verified to help.
 * Its id is derived from all of that, so learning the same twice is learning it once. Immutable.
 */
@TypeInfo(IncidentPattern.Info.class)
public final class IncidentPattern {
    private static final IncidentType[] TYPES = IncidentType.values();
    private static final int ID_CHARS = 32;

    private final String patternId;
    private final String tenant;
    private final String incidentId;
    private final List<String> derivedFrom;
    private final IncidentType type;
    private final List<String> services;
    private final String symptoms;
    private final String rootCause;
    private final String remedy;
    private final boolean worked;
    private final long learnedAtMillis;

    private IncidentPattern(Builder b) {
        this.tenant = Objects.requireNonNull(b.tenant, "tenant");
        this.incidentId = Objects.requireNonNull(b.incidentId, "incidentId");
        this.derivedFrom = List.copyOf(b.derivedFrom);
        this.type = Objects.requireNonNull(b.type, "type");
        this.services = List.copyOf(b.services);
        this.symptoms = Objects.requireNonNull(b.symptoms, "symptoms");
        this.rootCause = Objects.requireNonNull(b.rootCause, "rootCause");
        this.remedy = Objects.requireNonNull(b.remedy, "remedy");
        this.worked = b.worked;
        this.learnedAtMillis = b.learnedAtMillis;
        this.patternId = Sha256.hex(Sha256.of(content())).substring(0, ID_CHARS);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** 32 hexadecimal digits of the hash of all else. */
    public String patternId() {
        return patternId;
    }

    public String tenant() {
        return tenant;
    }

    /** The incident that it was learned from. */
    public String incidentId() {
        return incidentId;
    }

    /** Other incidents that went into it: those whose memories its diagnosis cites. */
    public List<String> derivedFrom() {
        return derivedFrom;
    }

    public IncidentType type() {
        return type;
    }

    public List<String> services() {
        return services;
    }

    /** How it looked, in words; without secrets and personal data. */
    public String symptoms() {
        return symptoms;
    }

    public String rootCause() {
        return rootCause;
    }

    /** What was done. */
    public String remedy() {
        return remedy;
    }

    /** Whether that was verified to help; if not, it was verified not to. */
    public boolean worked() {
        return worked;
    }

    /** Event time of the verification, epoch milliseconds. */
    public long learnedAtMillis() {
        return learnedAtMillis;
    }

    /** What is searched: how it looked, where, and what it was. */
    public String text() {
        return type.word() + " " + String.join(" ", services) + " " + symptoms + " " + rootCause;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncidentPattern
                && ((IncidentPattern) other).patternId.equals(patternId);
    }

    @Override
    public int hashCode() {
        return patternId.hashCode();
    }

    @Override
    public String toString() {
        return patternId + " " + type.word() + " of " + incidentId;
    }

    private byte[] content() {
        CanonicalWriter out = new CanonicalWriter();
        out.text(tenant).text(incidentId).int32(derivedFrom.size());
        derivedFrom.forEach(out::text);
        out.text(type.name()).int32(services.size());
        services.forEach(out::text);
        out.text(symptoms).text(rootCause).text(remedy).int8(worked ? 1 : 0);
        return out.int64(learnedAtMillis).toByteArray();
    }

    /** Collects the values; lists and texts not set are empty. */
    public static final class Builder {
        private String tenant;
        private String incidentId;
        private List<String> derivedFrom = List.of();
        private IncidentType type = IncidentType.UNKNOWN;
        private List<String> services = List.of();
        private String symptoms = "";
        private String rootCause = "";
        private String remedy = "";
        private boolean worked;
        private long learnedAtMillis;

        private Builder() {}

        public Builder tenant(String value) {
            tenant = value;
            return this;
        }

        public Builder incidentId(String value) {
            incidentId = value;
            return this;
        }

        public Builder derivedFrom(List<String> value) {
            derivedFrom = value;
            return this;
        }

        public Builder type(IncidentType value) {
            type = value;
            return this;
        }

        public Builder services(List<String> value) {
            services = value;
            return this;
        }

        public Builder symptoms(String value) {
            symptoms = value;
            return this;
        }

        public Builder rootCause(String value) {
            rootCause = value;
            return this;
        }

        public Builder remedy(String value) {
            remedy = value;
            return this;
        }

        public Builder worked(boolean value) {
            worked = value;
            return this;
        }

        public Builder learnedAtMillis(long value) {
            learnedAtMillis = value;
            return this;
        }

        public IncidentPattern build() {
            return new IncidentPattern(this);
        }
    }

    /** Binary form, version 1. */
    public static final class IncidentPatternCodec implements Codec<IncidentPattern> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<IncidentPattern> type() {
            return IncidentPattern.class;
        }

        @Override
        public void write(IncidentPattern value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.incidentId, out);
            writeAll(value.derivedFrom, out);
            out.writeByte(value.type.ordinal());
            writeAll(value.services, out);
            Wire.writeString(value.symptoms, out);
            Wire.writeString(value.rootCause, out);
            Wire.writeString(value.remedy, out);
            out.writeBoolean(value.worked);
            out.writeLong(value.learnedAtMillis);
        }

        @Override
        public IncidentPattern read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, IncidentPattern.class);
            return builder()
                    .tenant(Wire.readString(in))
                    .incidentId(Wire.readString(in))
                    .derivedFrom(readAll(in))
                    .type(TYPES[in.readByte()])
                    .services(readAll(in))
                    .symptoms(Wire.readString(in))
                    .rootCause(Wire.readString(in))
                    .remedy(Wire.readString(in))
                    .worked(in.readBoolean())
                    .learnedAtMillis(in.readLong())
                    .build();
        }

        private static void writeAll(List<String> texts, DataOutputView out) throws IOException {
            out.writeInt(texts.size());
            for (String text : texts) {
                Wire.writeString(text, out);
            }
        }

        private static List<String> readAll(DataInputView in) throws IOException {
            List<String> texts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                texts.add(Wire.readString(in));
            }
            return texts;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentPattern> {
        @Override
        public TypeInformation<IncidentPattern> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentPatternCodec());
        }
    }
}
