// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Why a road gave no diagnosis. Immutable. */
public final class DiagnosisFailure {
    /** Chars of the message, at most; more are cut off. */
    public static final int MOST_TEXT = 300;

    /** Ordinals are stored: append, never reorder. */
    public enum Kind {
        /** The deadline passed, or there was too little time left to begin. */
        TIMED_OUT,
        /** More is under way than may be. */
        NOT_ADMITTED,
        /** The model service asked for less, to the end. */
        THROTTLED,
        /** The model service cannot be reached or answers with errors. */
        UNREACHABLE,
        /** The model service says that the request is wrong, or not allowed. */
        REFUSED,
        /** The answer is not of the shape that was asked for. */
        MALFORMED,
        /** The answer cites evidence that was not sent. */
        UNKNOWN_EVIDENCE,
        /** The answer recommends what was not on the list. */
        UNKNOWN_ACTION,
        /** The incident or the hour has used up its money. */
        SPEND_CAP,
        /** There is no record of the answer, and a replay asks nobody. */
        NOT_RECORDED,
        /** There is no model. */
        NO_MODEL,
        /** Nothing on this road speaks for any cause. */
        NOTHING_FOUND;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** The word used in metrics and machine-readable results. */
        public String word() {
            return word;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private final Kind kind;
    private final DiagnosisSource source;
    private final String message;

    /**
     * @param source of which no diagnosis came
     * @param message one line for a human
     */
    public DiagnosisFailure(Kind kind, DiagnosisSource source, String message) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.source = Objects.requireNonNull(source, "source");
        this.message = Rows.bounded(MOST_TEXT, message);
    }

    public Kind kind() {
        return kind;
    }

    public DiagnosisSource source() {
        return source;
    }

    public String message() {
        return message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiagnosisFailure
                && ((DiagnosisFailure) other).kind == kind
                && ((DiagnosisFailure) other).source.equals(source)
                && ((DiagnosisFailure) other).message.equals(message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind.name(), source, message);
    }

    @Override
    public String toString() {
        return source + " " + kind.word() + ": " + message;
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(DiagnosisFailure failure, DataOutputView out) throws IOException {
        out.writeByte(failure.kind.ordinal());
        DiagnosisSource.write(failure.source, out);
        Wire.writeString(failure.message, out);
    }

    static DiagnosisFailure read(DataInputView in) throws IOException {
        return new DiagnosisFailure(
                KINDS[in.readByte()], DiagnosisSource.read(in), Wire.readString(in));
    }
}
