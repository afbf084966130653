// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which receivers know of an incident, since when, and what they know: the state of its escalation.
 * Immutable. Bound: the receivers there are.
 */
@TypeInfo(ToldReceivers.Info.class)
public final class ToldReceivers {
    private final IncidentBrief brief;
    private final Map<String, Long> since;

    /**
     * @param brief the newest
     * @param since by name of receiver, event time, epoch milliseconds
     */
    public ToldReceivers(IncidentBrief brief, Map<String, Long> since) {
        this.brief = Objects.requireNonNull(brief, "brief");
        this.since = Collections.unmodifiableMap(new TreeMap<>(since));
    }

    public IncidentBrief brief() {
        return brief;
    }

    /** By name of receiver, sorted, unmodifiable; event time. */
    public Map<String, Long> since() {
        return since;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ToldReceivers
                && ((ToldReceivers) other).brief.equals(brief)
                && ((ToldReceivers) other).since.equals(since);
    }

    @Override
    public int hashCode() {
        return Objects.hash(brief, since);
    }

    @Override
    public String toString() {
        return brief + " to " + since;
    }

    /** Binary form, version 1. */
    public static final class ToldReceiversCodec implements Codec<ToldReceivers> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ToldReceivers> type() {
            return ToldReceivers.class;
        }

        @Override
        public void write(ToldReceivers value, DataOutputView out) throws IOException {
            out.writeByte(1);
            value.brief.write(out);
            out.writeInt(value.since.size());
            for (Map.Entry<String, Long> told : value.since.entrySet()) {
                Wire.writeString(told.getKey(), out);
                out.writeLong(told.getValue());
            }
        }

        @Override
        public ToldReceivers read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ToldReceivers.class);
            IncidentBrief brief = IncidentBrief.read(in);
            Map<String, Long> since = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                since.put(Wire.readString(in), in.readLong());
            }
            return new ToldReceivers(brief, since);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ToldReceivers> {
        @Override
        public TypeInformation<ToldReceivers> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ToldReceiversCodec());
        }
    }
}
