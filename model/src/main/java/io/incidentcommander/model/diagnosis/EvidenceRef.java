// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.AlertId;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One piece of evidence by its id: what, and which. Text form {@code kind:id}. Immutable. */
public final class EvidenceRef {
    private static final EvidenceKind[] KINDS = EvidenceKind.values();

    private final EvidenceKind kind;
    private final String id;

    /**
     * @param id as its owner writes it, for instance the text form of an alert id
     */
    public EvidenceRef(EvidenceKind kind, String id) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.id = Objects.requireNonNull(id, "id");
    }

    public static EvidenceRef of(AlertId alert) {
        return new EvidenceRef(EvidenceKind.ALERT, alert.toString());
    }

    /** The rule in its version, and what it was seen on. */
    public static EvidenceRef of(PatternMatch match) {
        return new EvidenceRef(
                EvidenceKind.PATTERN,
                match.patternId() + "@" + match.version() + " " + match.subject());
    }

    public EvidenceKind kind() {
        return kind;
    }

    public String id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvidenceRef
                && ((EvidenceRef) other).kind == kind
                && ((EvidenceRef) other).id.equals(id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind.name(), id);
    }

    @Override
    public String toString() {
        return kind.word() + ":" + id;
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(EvidenceRef ref, DataOutputView out) throws IOException {
        out.writeByte(ref.kind.ordinal());
        Wire.writeString(ref.id, out);
    }

    static EvidenceRef read(DataInputView in) throws IOException {
        return new EvidenceRef(KINDS[in.readByte()], Wire.readString(in));
    }
}
