// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is remembered of incidents before that look like this one. Immutable. */
@TypeInfo(MemoryHit.Info.class)
public final class MemoryHit {
    /** Chars of each text, at most; more are cut off. */
    public static final int MOST_TEXT = 1000;

    private static final int BRIEF_TEXT = 300;
    private static final IncidentType[] TYPES = IncidentType.values();

    private final String patternId;
    private final String incidentId;
    private final IncidentType type;
    private final List<String> services;
    private final String symptoms;
    private final String rootCause;
    private final String remedy;
    private final int worked;
    private final int failed;
    private final double score;
    private final long learnedAtMillis;

    /**
     * @param incidentId that it was learned from; empty if that is not known
     * @param services that were affected
     * @param remedy what was done: the runbook, or words of whoever did it
     * @param worked how often that was verified to help
     * @param failed how often it was not
     * @param score of the search, above 0; comparable within one search only
     * @param learnedAtMillis epoch milliseconds of the newest outcome in it
     */
    public MemoryHit(
            String patternId,
            String incidentId,
            IncidentType type,
            List<String> services,
            String symptoms,
            String rootCause,
            String remedy,
            int worked,
            int failed,
            double score,
            long learnedAtMillis) {
        this.patternId = Objects.requireNonNull(patternId, "patternId");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.type = Objects.requireNonNull(type, "type");
        this.services = List.copyOf(services);
        this.symptoms = Rows.bounded(MOST_TEXT, symptoms);
        this.rootCause = Rows.bounded(MOST_TEXT, rootCause);
        this.remedy = Rows.bounded(MOST_TEXT, remedy);
        this.worked = worked;
        this.failed = failed;
        this.score = score;
        this.learnedAtMillis = learnedAtMillis;
    }

    public String patternId() {
        return patternId;
    }

    /** The incident that it was learned from; empty if that is not known. */
    public String incidentId() {
        return incidentId;
    }

    public EvidenceRef ref() {
        return new EvidenceRef(EvidenceKind.MEMORY, patternId);
    }

    public IncidentType type() {
        return type;
    }

    public List<String> services() {
        return services;
    }

    public String symptoms() {
        return symptoms;
    }

    public String rootCause() {
        return rootCause;
    }

    /** What was done: the runbook, or words of whoever did it. */
    public String remedy() {
        return remedy;
    }

    /** How often the remedy was verified to help. */
    public int worked() {
        return worked;
    }

    public int failed() {
        return failed;
    }

    /** What a diagnosis keeps of it: without symptoms, its texts cut at 300 chars. */
    public MemoryHit brief() {
        return new MemoryHit(
                patternId,
                incidentId,
                type,
                services,
                "",
                Rows.bounded(BRIEF_TEXT, rootCause),
                Rows.bounded(BRIEF_TEXT, remedy),
                worked,
                failed,
                score,
                learnedAtMillis);
    }

    /** Comparable within one search only. */
    public double score() {
        return score;
    }

    public long learnedAtMillis() {
        return learnedAtMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof MemoryHit)) {
            return false;
        }
        MemoryHit that = (MemoryHit) other;
        return patternId.equals(that.patternId)
                && incidentId.equals(that.incidentId)
                && type == that.type
                && services.equals(that.services)
                && symptoms.equals(that.symptoms)
                && rootCause.equals(that.rootCause)
                && remedy.equals(that.remedy)
                && worked == that.worked
                && failed == that.failed
                && Double.compare(score, that.score) == 0
                && learnedAtMillis == that.learnedAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(patternId, learnedAtMillis);
    }

    @Override
    public String toString() {
        return patternId + " " + type.word() + " at " + score;
    }

    /** Binary form, version 2; version 1 does not say which incident. */
    public static final class MemoryHitCodec implements Codec<MemoryHit> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<MemoryHit> type() {
            return MemoryHit.class;
        }

        @Override
        public void write(MemoryHit value, DataOutputView out) throws IOException {
            out.writeByte(2);
            Wire.writeString(value.patternId, out);
            Wire.writeString(value.incidentId, out);
            out.writeByte(value.type.ordinal());
            Rows.write(value.services, Wire::writeString, out);
            Wire.writeString(value.symptoms, out);
            Wire.writeString(value.rootCause, out);
            Wire.writeString(value.remedy, out);
            out.writeInt(value.worked);
            out.writeInt(value.failed);
            out.writeDouble(value.score);
            out.writeLong(value.learnedAtMillis);
        }

        @Override
        public MemoryHit read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, MemoryHit.class);
            return new MemoryHit(
                    Wire.readString(in),
                    version == 1 ? "" : Wire.readString(in),
                    TYPES[in.readByte()],
                    Rows.read(Wire::readString, in),
                    Wire.readString(in),
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readInt(),
                    in.readInt(),
                    in.readDouble(),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<MemoryHit> {
        @Override
        public TypeInformation<MemoryHit> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new MemoryHitCodec());
        }
    }
}
