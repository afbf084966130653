// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
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
 * A pattern that was seen: which one, in which version, where, when, and on what evidence.
 * Immutable; times are event time in epoch milliseconds.
 */
@TypeInfo(PatternMatch.Info.class)
public final class PatternMatch {
    /** More alert ids than this are not kept. */
    public static final int MOST_EVIDENCE = 16;

    private final PatternKind kind;
    private final String patternId;
    private final int version;
    private final String tenant;
    private final String subject;
    private final List<String> services;
    private final long firstMillis;
    private final long lastMillis;
    private final List<AlertId> evidence;
    private final String words;

    /**
     * @param patternId of the rule, unique
     * @param version of the rule, from 1
     * @param subject what it was seen on: a service, a series, a cause
     * @param services the probable cause first
     * @param evidence in order of event time; empty where the evidence is that nothing came
     * @param words one line for a human
     */
    public PatternMatch(
            PatternKind kind,
            String patternId,
            int version,
            String tenant,
            String subject,
            List<String> services,
            long firstMillis,
            long lastMillis,
            List<AlertId> evidence,
            String words) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.patternId = Objects.requireNonNull(patternId, "patternId");
        this.version = version;
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.subject = Objects.requireNonNull(subject, "subject");
        this.services = List.copyOf(services);
        this.firstMillis = firstMillis;
        this.lastMillis = lastMillis;
        this.evidence =
                List.copyOf(
                        evidence.size() > MOST_EVIDENCE
                                ? evidence.subList(0, MOST_EVIDENCE)
                                : evidence);
        this.words = Objects.requireNonNull(words, "words");
    }

    public PatternKind kind() {
        return kind;
    }

    public String patternId() {
        return patternId;
    }

    public int version() {
        return version;
    }

    public String tenant() {
        return tenant;
    }

    public String subject() {
        return subject;
    }

    /** The probable cause first. */
    public List<String> services() {
        return services;
    }

    public long firstMillis() {
        return firstMillis;
    }

    public long lastMillis() {
        return lastMillis;
    }

    public List<AlertId> evidence() {
        return evidence;
    }

    /** One line for a human. */
    public String words() {
        return words;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof PatternMatch)) {
            return false;
        }
        PatternMatch that = (PatternMatch) other;
        return kind == that.kind
                && patternId.equals(that.patternId)
                && version == that.version
                && tenant.equals(that.tenant)
                && subject.equals(that.subject)
                && services.equals(that.services)
                && firstMillis == that.firstMillis
                && lastMillis == that.lastMillis
                && evidence.equals(that.evidence)
                && words.equals(that.words);
    }

    @Override
    public int hashCode() {
        return Objects.hash(patternId, version, tenant, subject, firstMillis, lastMillis);
    }

    @Override
    public String toString() {
        return patternId + " v" + version + " on " + subject + ": " + words;
    }

    /** Binary form, version 1. */
    public static final class PatternMatchCodec implements Codec<PatternMatch> {
        private static final long serialVersionUID = 1L;
        private static final PatternKind[] KINDS = PatternKind.values();

        @Override
        public Class<PatternMatch> type() {
            return PatternMatch.class;
        }

        @Override
        public void write(PatternMatch value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeByte(value.kind.ordinal());
            Wire.writeString(value.patternId, out);
            out.writeInt(value.version);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.subject, out);
            out.writeInt(value.services.size());
            for (String service : value.services) {
                Wire.writeString(service, out);
            }
            out.writeLong(value.firstMillis);
            out.writeLong(value.lastMillis);
            out.writeInt(value.evidence.size());
            for (AlertId alert : value.evidence) {
                AlertId.write(alert, out);
            }
            Wire.writeString(value.words, out);
        }

        @Override
        public PatternMatch read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, PatternMatch.class);
            PatternKind kind = KINDS[in.readByte()];
            String id = Wire.readString(in);
            int version = in.readInt();
            String tenant = Wire.readString(in);
            String subject = Wire.readString(in);
            List<String> services = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                services.add(Wire.readString(in));
            }
            long first = in.readLong();
            long last = in.readLong();
            List<AlertId> evidence = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                evidence.add(AlertId.read(in));
            }
            return new PatternMatch(
                    kind,
                    id,
                    version,
                    tenant,
                    subject,
                    services,
                    first,
                    last,
                    evidence,
                    Wire.readString(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<PatternMatch> {
        @Override
        public TypeInformation<PatternMatch> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new PatternMatchCodec());
        }
    }
}
