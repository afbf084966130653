// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A kind of log line that is out of the ordinary: its template, how often it came, how often it
 * usually does, and by how much chance that differs. The texts are untrusted. Immutable.
 */
@TypeInfo(LogFinding.Info.class)
public final class LogFinding {
    /** Chars of template and example, at most; more are cut off. */
    public static final int MOST_TEXT = 1000;

    private static final Severity[] SEVERITIES = Severity.values();

    private final String id;
    private final String service;
    private final Severity severity;
    private final String template;
    private final String example;
    private final long count;
    private final double usual;
    private final double chance;
    private final long firstMillis;
    private final long lastMillis;

    /**
     * @param id unique within the incident, stable for the same template of the same service
     * @param template the line with what varies left out
     * @param example one line of the kind
     * @param count lines in the time looked at; each sampled line with the weight it stands for
     * @param usual lines to expect in a time as long
     * @param chance p-value of the difference, in [0, 1]
     * @param firstMillis first and last line of the kind, epoch milliseconds
     */
    public LogFinding(
            String id,
            String service,
            Severity severity,
            String template,
            String example,
            long count,
            double usual,
            double chance,
            long firstMillis,
            long lastMillis) {
        if (!(chance >= 0 && chance <= 1 && usual >= 0) || count < 0) {
            throw new IllegalArgumentException(
                    "Not a count, a rate and a p-value: " + count + ", " + usual + ", " + chance);
        }
        this.id = Objects.requireNonNull(id, "id");
        this.service = Objects.requireNonNull(service, "service");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.template = Rows.bounded(MOST_TEXT, template);
        this.example = Rows.bounded(MOST_TEXT, example);
        this.count = count;
        this.usual = usual;
        this.chance = chance;
        this.firstMillis = firstMillis;
        this.lastMillis = lastMillis;
    }

    public String id() {
        return id;
    }

    public EvidenceRef ref() {
        return new EvidenceRef(EvidenceKind.LOG, id);
    }

    public String service() {
        return service;
    }

    public Severity severity() {
        return severity;
    }

    public String template() {
        return template;
    }

    public String example() {
        return example;
    }

    public long count() {
        return count;
    }

    /** Lines to expect in a time as long. */
    public double usual() {
        return usual;
    }

    /** p-value, in [0, 1]. */
    public double chance() {
        return chance;
    }

    public long firstMillis() {
        return firstMillis;
    }

    public long lastMillis() {
        return lastMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof LogFinding)) {
            return false;
        }
        LogFinding that = (LogFinding) other;
        return id.equals(that.id)
                && service.equals(that.service)
                && severity == that.severity
                && template.equals(that.template)
                && example.equals(that.example)
                && count == that.count
                && Double.compare(usual, that.usual) == 0
                && Double.compare(chance, that.chance) == 0
                && firstMillis == that.firstMillis
                && lastMillis == that.lastMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, count);
    }

    @Override
    public String toString() {
        return service + " " + id + " " + count + " times, usually " + usual;
    }

    /** Binary form, version 1. */
    public static final class LogFindingCodec implements Codec<LogFinding> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<LogFinding> type() {
            return LogFinding.class;
        }

        @Override
        public void write(LogFinding value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.id, out);
            Wire.writeString(value.service, out);
            out.writeByte(value.severity.ordinal());
            Wire.writeString(value.template, out);
            Wire.writeString(value.example, out);
            out.writeLong(value.count);
            out.writeDouble(value.usual);
            out.writeDouble(value.chance);
            out.writeLong(value.firstMillis);
            out.writeLong(value.lastMillis);
        }

        @Override
        public LogFinding read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, LogFinding.class);
            return new LogFinding(
                    Wire.readString(in),
                    Wire.readString(in),
                    SEVERITIES[in.readByte()],
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readLong(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readLong(),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<LogFinding> {
        @Override
        public TypeInformation<LogFinding> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LogFindingCodec());
        }
    }
}
