// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus.reputation;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How one decision turned out for one agent that voted on it. Immutable. Times are event time in
 * epoch milliseconds. Two reports of the same decision carry the same {@code decidedAtMillis}; the
 * one verified later stands.
 */
public final class JudgedOutcome {
    private static final OutcomeVerdict[] VERDICTS = OutcomeVerdict.values();

    private final String decisionId;
    private final OutcomeVerdict verdict;
    private final long decidedAtMillis;
    private final long verifiedAtMillis;

    public JudgedOutcome(
            String decisionId,
            OutcomeVerdict verdict,
            long decidedAtMillis,
            long verifiedAtMillis) {
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.verdict = Objects.requireNonNull(verdict, "verdict");
        this.decidedAtMillis = decidedAtMillis;
        this.verifiedAtMillis = verifiedAtMillis;
    }

    public String decisionId() {
        return decisionId;
    }

    public OutcomeVerdict verdict() {
        return verdict;
    }

    public long decidedAtMillis() {
        return decidedAtMillis;
    }

    public long verifiedAtMillis() {
        return verifiedAtMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof JudgedOutcome)) {
            return false;
        }
        JudgedOutcome that = (JudgedOutcome) other;
        return decisionId.equals(that.decisionId)
                && verdict == that.verdict
                && decidedAtMillis == that.decidedAtMillis
                && verifiedAtMillis == that.verifiedAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(decisionId, verdict, decidedAtMillis, verifiedAtMillis);
    }

    @Override
    public String toString() {
        return verdict + " in " + decisionId + " of " + decidedAtMillis;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(decisionId, out);
        out.writeByte(verdict.ordinal());
        out.writeLong(decidedAtMillis);
        out.writeLong(verifiedAtMillis);
    }

    static JudgedOutcome read(DataInputView in) throws IOException {
        return new JudgedOutcome(
                Wire.readString(in), VERDICTS[in.readByte()], in.readLong(), in.readLong());
    }
}
