// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
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

/** What somebody saw who looked at the stored chain of an incident. Immutable. */
@TypeInfo(ChainReport.Info.class)
public final class ChainReport {
    /** In a few words. Ordinals are stored: append, never reorder. */
    public enum Outcome {
        /** Every copy is whole, and all that was written long ago is there. */
        WHOLE,
        /** Something was wrong and has been mended from the other copy. */
        MENDED,
        /** Something is wrong and could not be mended. */
        BROKEN,
        /** The store did not answer; nothing is known. */
        UNREACHABLE
    }

    private final ChainWatch watch;
    private final Outcome outcome;
    private final List<String> findings;

    /**
     * @param findings one line each; what is wrong, was mended, or hindered the look
     */
    public ChainReport(ChainWatch watch, Outcome outcome, List<String> findings) {
        this.watch = Objects.requireNonNull(watch, "watch");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.findings = List.copyOf(findings);
    }

    public ChainWatch watch() {
        return watch;
    }

    /** Event time of the look, epoch milliseconds. */
    public long timeMillis() {
        return watch.lookedAtMillis();
    }

    public Outcome outcome() {
        return outcome;
    }

    public List<String> findings() {
        return findings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainReport
                && ((ChainReport) other).watch.equals(watch)
                && ((ChainReport) other).outcome == outcome
                && ((ChainReport) other).findings.equals(findings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(watch, outcome, findings);
    }

    @Override
    public String toString() {
        return watch.incidentId() + " " + outcome + " " + findings;
    }

    /** Binary form, version 1. */
    public static final class ChainReportCodec implements Codec<ChainReport> {
        private static final long serialVersionUID = 1L;
        private static final Outcome[] OUTCOMES = Outcome.values();
        private static final ChainWatch.ChainWatchCodec WATCH = new ChainWatch.ChainWatchCodec();

        @Override
        public Class<ChainReport> type() {
            return ChainReport.class;
        }

        @Override
        public void write(ChainReport value, DataOutputView out) throws IOException {
            out.writeByte(1);
            WATCH.write(value.watch, out);
            out.writeByte(value.outcome.ordinal());
            out.writeInt(value.findings.size());
            for (String finding : value.findings) {
                Wire.writeString(finding, out);
            }
        }

        @Override
        public ChainReport read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ChainReport.class);
            ChainWatch watch = WATCH.read(in);
            Outcome outcome = OUTCOMES[in.readByte()];
            List<String> findings = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                findings.add(Wire.readString(in));
            }
            return new ChainReport(watch, outcome, findings);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ChainReport> {
        @Override
        public TypeInformation<ChainReport> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ChainReportCodec());
        }
    }
}
