// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The account of everything that came in: the sum of all deltas. Per source two balances hold.
 * Records: in = dead letter + echo + not an alert + telemetry + alert-bearing. Alerts: decoded =
 * delivered + duplicate + grouped + inhibited + silenced + sampled out + late + pending. Immutable;
 * the order in which deltas are added does not matter.
 */
@TypeInfo(Ledger.Info.class)
public final class Ledger {
    private static final Ledger EMPTY = new Ledger(new TreeMap<>());

    private final SortedMap<String, SourceCounts> counts;

    private Ledger(SortedMap<String, SourceCounts> counts) {
        this.counts = Collections.unmodifiableSortedMap(counts);
    }

    public static Ledger empty() {
        return EMPTY;
    }

    public Ledger plus(LedgerDelta delta) {
        TreeMap<String, SourceCounts> sum = new TreeMap<>(counts);
        delta.counts().forEach((source, more) -> sum.merge(source, more, SourceCounts::plus));
        return new Ledger(sum);
    }

    /** By source id, unmodifiable. */
    public SortedMap<String, SourceCounts> counts() {
        return counts;
    }

    /** Records that sources handed over: all but those that the job made itself. */
    public long recordsRead() {
        return counts.entrySet().stream()
                .filter(source -> !source.getKey().equals(AlertId.RAISED))
                .mapToLong(source -> source.getValue().recordsIn())
                .sum();
    }

    /** Whether both balances hold for every source; {@link #imbalance} says why not. */
    public boolean isExact() {
        return imbalance().isEmpty();
    }

    /** The first source whose counts do not balance and why, in one line; empty if all do. */
    public Optional<String> imbalance() {
        for (Map.Entry<String, SourceCounts> source : counts.entrySet()) {
            Optional<String> why = source.getValue().imbalance();
            if (why.isPresent()) {
                return why.map(reason -> source.getKey() + ": " + reason);
            }
        }
        return Optional.empty();
    }

    /**
     * As {@link #imbalance}, and held against what the sources themselves say they handed over,
     * records per source id: the one number that the counting stages cannot get wrong together.
     */
    public Optional<String> imbalanceAgainst(Map<String, Long> recordsRead) {
        TreeMap<String, Long> read = new TreeMap<>(recordsRead);
        counts.keySet().forEach(source -> read.putIfAbsent(source, 0L));
        for (Map.Entry<String, Long> source : read.entrySet()) {
            long counted = counts.getOrDefault(source.getKey(), SourceCounts.nothing()).recordsIn();
            if (counted != source.getValue()) {
                return Optional.of(
                        source.getKey()
                                + ": "
                                + source.getValue()
                                + " records read, "
                                + counted
                                + " accounted for");
            }
        }
        return imbalance();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger && ((Ledger) other).counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }

    /** Binary form, version 1. */
    public static final class LedgerCodec implements Codec<Ledger> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Ledger> type() {
            return Ledger.class;
        }

        @Override
        public void write(Ledger value, DataOutputView out) throws IOException {
            out.writeByte(1);
            LedgerDelta.LedgerDeltaCodec.writeCounts(value.counts, out);
        }

        @Override
        public Ledger read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, Ledger.class);
            return new Ledger(LedgerDelta.LedgerDeltaCodec.readCounts(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Ledger> {
        @Override
        public TypeInformation<Ledger> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LedgerCodec());
        }
    }
}
