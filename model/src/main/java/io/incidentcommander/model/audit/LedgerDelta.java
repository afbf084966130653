// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one stage counted since its last delta, per source. Immutable; {@link LedgerCounters}
 * collects it.
 */
@TypeInfo(LedgerDelta.Info.class)
public final class LedgerDelta {
    private final String stage;
    private final SortedMap<String, SourceCounts> counts;

    LedgerDelta(String stage, SortedMap<String, SourceCounts> counts) {
        this.stage = Objects.requireNonNull(stage, "stage");
        this.counts = Collections.unmodifiableSortedMap(counts);
    }

    /** The stage or operator that counted. */
    public String stage() {
        return stage;
    }

    /** By source id, unmodifiable. */
    public SortedMap<String, SourceCounts> counts() {
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerDelta
                && ((LedgerDelta) other).stage.equals(stage)
                && ((LedgerDelta) other).counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stage, counts);
    }

    @Override
    public String toString() {
        return stage + " " + counts;
    }

    /** Binary form, version 1. */
    public static final class LedgerDeltaCodec implements Codec<LedgerDelta> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<LedgerDelta> type() {
            return LedgerDelta.class;
        }

        @Override
        public void write(LedgerDelta value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.stage, out);
            writeCounts(value.counts, out);
        }

        @Override
        public LedgerDelta read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, LedgerDelta.class);
            return new LedgerDelta(Wire.readString(in), readCounts(in));
        }

        static void writeCounts(SortedMap<String, SourceCounts> counts, DataOutputView out)
                throws IOException {
            out.writeInt(counts.size());
            for (Map.Entry<String, SourceCounts> source : counts.entrySet()) {
                Wire.writeString(source.getKey(), out);
                source.getValue().write(out);
            }
        }

        static SortedMap<String, SourceCounts> readCounts(DataInputView in) throws IOException {
            int size = in.readInt();
            TreeMap<String, SourceCounts> counts = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                counts.put(Wire.readString(in), SourceCounts.read(in));
            }
            return counts;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<LedgerDelta> {
        @Override
        public TypeInformation<LedgerDelta> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LedgerDeltaCodec());
        }
    }
}
