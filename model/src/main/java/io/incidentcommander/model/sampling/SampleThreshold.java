// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Fingerprint;
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
 * What is left of a closed second: how much of the budget is taken, and, if all of it is, the rank
 * of the last one kept. Late alerts of that second are judged by it. Immutable.
 */
@TypeInfo(SampleThreshold.Info.class)
public final class SampleThreshold {
    private final int kept;
    private final boolean closed;
    private final Severity severity;
    private final Fingerprint fingerprint;

    private SampleThreshold(int kept, boolean closed, Severity severity, Fingerprint fingerprint) {
        this.kept = kept;
        this.closed = closed;
        this.severity = severity;
        this.fingerprint = fingerprint;
    }

    /**
     * The budget is not used up, until {@link #closedAt}.
     *
     * @param kept what is taken of the service's budget, by critical alerts too
     */
    public SampleThreshold(int kept) {
        this(kept, false, Severity.INFO, new Fingerprint(0, 0));
    }

    /** The budget is used up; {@code last} is the one kept with the highest rank number. */
    public SampleThreshold closedAt(Alert last) {
        return new SampleThreshold(kept, true, last.severity(), last.fingerprint());
    }

    /** With one more kept. */
    public SampleThreshold plusOne() {
        return new SampleThreshold(kept + 1, closed, severity, fingerprint);
    }

    /**
     * Whether a late alert that is not critical is kept.
     *
     * @param perSecond the budget of the service
     */
    public boolean admits(Alert late, int perSecond) {
        if (!closed) {
            return kept < perSecond;
        }
        return late.severity() != severity
                ? late.severity().compareTo(severity) > 0
                : late.fingerprint().compareTo(fingerprint) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampleThreshold
                && ((SampleThreshold) other).kept == kept
                && ((SampleThreshold) other).closed == closed
                && ((SampleThreshold) other).severity == severity
                && ((SampleThreshold) other).fingerprint.equals(fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kept, closed, severity, fingerprint);
    }

    @Override
    public String toString() {
        return kept + " kept" + (closed ? ", up to " + severity + " " + fingerprint : "");
    }

    /** Binary form, version 1. */
    public static final class SampleThresholdCodec implements Codec<SampleThreshold> {
        private static final long serialVersionUID = 1L;
        private static final Severity[] SEVERITIES = Severity.values();

        @Override
        public Class<SampleThreshold> type() {
            return SampleThreshold.class;
        }

        @Override
        public void write(SampleThreshold value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeInt(value.kept);
            out.writeBoolean(value.closed);
            out.writeByte(value.severity.ordinal());
            out.writeLong(value.fingerprint.high());
            out.writeLong(value.fingerprint.low());
        }

        @Override
        public SampleThreshold read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, SampleThreshold.class);
            return new SampleThreshold(
                    in.readInt(),
                    in.readBoolean(),
                    SEVERITIES[in.readByte()],
                    new Fingerprint(in.readLong(), in.readLong()));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<SampleThreshold> {
        @Override
        public TypeInformation<SampleThreshold> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new SampleThresholdCodec());
        }
    }
}
