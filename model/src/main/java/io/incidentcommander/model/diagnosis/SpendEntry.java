// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

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

/** A line in the book of what models cost: of one incident, or of one minute. Immutable. */
@TypeInfo(SpendEntry.Info.class)
public final class SpendEntry {
    private final String incident;
    private final long minute;
    private final long microUsd;

    private SpendEntry(String incident, long minute, long microUsd) {
        this.incident = Objects.requireNonNull(incident, "incident");
        this.minute = minute;
        this.microUsd = microUsd;
    }

    /** All that was spent on an incident. */
    public static SpendEntry ofIncident(String incident, long microUsd) {
        if (incident.isEmpty()) {
            throw new IllegalArgumentException("An incident has an id");
        }
        return new SpendEntry(incident, 0, microUsd);
    }

    /**
     * All that was spent in a minute.
     *
     * @param minute since the epoch
     */
    public static SpendEntry ofMinute(long minute, long microUsd) {
        return new SpendEntry("", minute, microUsd);
    }

    public boolean isOfIncident() {
        return !incident.isEmpty();
    }

    /** Empty if it is of a minute. */
    public String incident() {
        return incident;
    }

    /** Since the epoch; 0 if it is of an incident. */
    public long minute() {
        return minute;
    }

    /** Millionths of a US dollar. */
    public long microUsd() {
        return microUsd;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpendEntry
                && ((SpendEntry) other).incident.equals(incident)
                && ((SpendEntry) other).minute == minute
                && ((SpendEntry) other).microUsd == microUsd;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incident, minute, microUsd);
    }

    @Override
    public String toString() {
        return (isOfIncident() ? incident : "minute " + minute) + ": " + microUsd;
    }

    /** Binary form, version 1. */
    public static final class SpendEntryCodec implements Codec<SpendEntry> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<SpendEntry> type() {
            return SpendEntry.class;
        }

        @Override
        public void write(SpendEntry value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.incident, out);
            out.writeLong(value.minute);
            out.writeLong(value.microUsd);
        }

        @Override
        public SpendEntry read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, SpendEntry.class);
            return new SpendEntry(Wire.readString(in), in.readLong(), in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<SpendEntry> {
        @Override
        public TypeInformation<SpendEntry> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new SpendEntryCodec());
        }
    }
}
