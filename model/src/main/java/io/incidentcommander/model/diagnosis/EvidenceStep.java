// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One step from what was seen to the root cause, and what it rests on. Immutable. */
public final class EvidenceStep {
    /** Chars and pieces, at most; more are cut off. */
    public static final int MOST_TEXT = 500;

    public static final int MOST_CITED = 10;

    private final String claim;
    private final List<EvidenceRef> cites;

    /**
     * @param claim one sentence for a human
     * @param cites at least one piece
     * @throws IllegalArgumentException if it rests on nothing
     */
    public EvidenceStep(String claim, List<EvidenceRef> cites) {
        if (cites.isEmpty()) {
            throw new IllegalArgumentException("A step cites at least one piece: " + claim);
        }
        this.claim = Rows.bounded(MOST_TEXT, claim);
        this.cites = Rows.first(MOST_CITED, cites);
    }

    public String claim() {
        return claim;
    }

    public List<EvidenceRef> cites() {
        return cites;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvidenceStep
                && ((EvidenceStep) other).claim.equals(claim)
                && ((EvidenceStep) other).cites.equals(cites);
    }

    @Override
    public int hashCode() {
        return Objects.hash(claim, cites);
    }

    @Override
    public String toString() {
        return claim + " " + cites;
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(EvidenceStep step, DataOutputView out) throws IOException {
        Wire.writeString(step.claim, out);
        Rows.write(step.cites, EvidenceRef::write, out);
    }

    static EvidenceStep read(DataInputView in) throws IOException {
        return new EvidenceStep(Wire.readString(in), Rows.read(EvidenceRef::read, in));
    }
}
