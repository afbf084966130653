// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.Objects;

/** How a deliberation ended. Immutable. */
public final class Outcome {
    private final DecisionStatus status;
    private final ActionSupport support;
    private final int round;
    private final long decidedAtMillis;

    /**
     * @param support the action, the power behind it, and the aggregated confidence
     */
    public Outcome(DecisionStatus status, ActionSupport support, int round, long decidedAtMillis) {
        this.status = Objects.requireNonNull(status, "status");
        this.support = Objects.requireNonNull(support, "support");
        this.round = round;
        this.decidedAtMillis = decidedAtMillis;
    }

    public DecisionStatus status() {
        return status;
    }

    public ActionSupport support() {
        return support;
    }

    public ActionId action() {
        return support.action();
    }

    /** The round it ended in. */
    public int round() {
        return round;
    }

    /** Event time, epoch milliseconds. */
    public long decidedAtMillis() {
        return decidedAtMillis;
    }

    void write(CanonicalWriter out) {
        out.text(status.name());
        support.write(out);
        out.int32(round).int64(decidedAtMillis);
    }

    static Outcome read(CanonicalReader in) throws IOException {
        return new Outcome(
                DecisionStatus.valueOf(in.text()), ActionSupport.read(in), in.int32(), in.int64());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Outcome
                && ((Outcome) other).status == status
                && ((Outcome) other).support.equals(support)
                && ((Outcome) other).round == round
                && ((Outcome) other).decidedAtMillis == decidedAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, support, round, decidedAtMillis);
    }

    @Override
    public String toString() {
        return status + " in round " + round + ": " + support;
    }
}
