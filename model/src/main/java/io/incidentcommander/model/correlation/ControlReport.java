// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What became of a control update. Immutable. */
@TypeInfo(ControlReport.Info.class)
public final class ControlReport {
    /** Ordinals are stored: append, never reorder. */
    public enum Outcome {
        /** It holds from its effective time on. */
        APPLIED,
        /** It is known, or overtaken by a later one; nothing changed. */
        STALE,
        /** It cannot be used; what held before goes on holding. */
        REFUSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String update;
    private final String author;
    private final Outcome outcome;
    private final String reason;
    private final long eventTimeMillis;

    /**
     * @param update which one, in words
     * @param reason one line for each thing that is wrong with it
     * @param eventTimeMillis how far event time had come when it arrived, epoch milliseconds
     */
    public ControlReport(
            String update, String author, Outcome outcome, String reason, long eventTimeMillis) {
        this.update = Objects.requireNonNull(update, "update");
        this.author = Objects.requireNonNull(author, "author");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.eventTimeMillis = eventTimeMillis;
    }

    public String update() {
        return update;
    }

    public String author() {
        return author;
    }

    public Outcome outcome() {
        return outcome;
    }

    public String reason() {
        return reason;
    }

    public long eventTimeMillis() {
        return eventTimeMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ControlReport
                && ((ControlReport) other).update.equals(update)
                && ((ControlReport) other).author.equals(author)
                && ((ControlReport) other).outcome == outcome
                && ((ControlReport) other).reason.equals(reason)
                && ((ControlReport) other).eventTimeMillis == eventTimeMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(update, outcome, reason);
    }

    @Override
    public String toString() {
        return update + " by " + author + ": " + outcome.word() + ": " + reason;
    }

    /** Binary form, version 1. */
    public static final class ControlReportCodec implements Codec<ControlReport> {
        private static final long serialVersionUID = 1L;
        private static final Outcome[] OUTCOMES = Outcome.values();

        @Override
        public Class<ControlReport> type() {
            return ControlReport.class;
        }

        @Override
        public void write(ControlReport value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.update, out);
            Wire.writeString(value.author, out);
            out.writeByte(value.outcome.ordinal());
            Wire.writeString(value.reason, out);
            out.writeLong(value.eventTimeMillis);
        }

        @Override
        public ControlReport read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ControlReport.class);
            return new ControlReport(
                    Wire.readString(in),
                    Wire.readString(in),
                    OUTCOMES[in.readByte()],
                    Wire.readString(in),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ControlReport> {
        @Override
        public TypeInformation<ControlReport> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ControlReportCodec());
        }
    }
}
