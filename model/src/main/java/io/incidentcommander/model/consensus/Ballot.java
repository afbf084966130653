// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.Objects;

/** The one vote of an agent in a round, and whether it counts. Immutable. */
public final class Ballot implements Vote {
    /** Ordinals are stored: append only. */
    public enum Status {
        COUNTED,
        /** It used up the agent's vote and counts for nothing: something is wrong in it. */
        SPOILED,
        /** Of an agent without power: kept so that it can be judged. */
        POWERLESS,
        /**
         * A partial or cached result: it counts from the agent's time limit on, if none follows.
         */
        PROVISIONAL,
        /**
         * It came after the agent's time or after the decision: of no weight, and not judged by the
         * outcome; kept because a second one may contradict it.
         */
        LATE
    }

    private static final Status[] STATUSES = Status.values();

    private final SignedRecommendation cast;
    private final Status status;

    public Ballot(SignedRecommendation cast, Status status) {
        this.cast = Objects.requireNonNull(cast, "cast");
        this.status = Objects.requireNonNull(status, "status");
    }

    public SignedRecommendation cast() {
        return cast;
    }

    public Status status() {
        return status;
    }

    @Override
    public String agent() {
        return cast.agent();
    }

    @Override
    public ActionId action() {
        return cast.action();
    }

    @Override
    public double confidence() {
        return cast.confidence();
    }

    void write(CanonicalWriter out) {
        cast.write(out);
        out.int8(status.ordinal());
    }

    static Ballot read(CanonicalReader in) throws IOException {
        return new Ballot(SignedRecommendation.read(in), STATUSES[in.int8()]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ballot
                && ((Ballot) other).cast.equals(cast)
                && ((Ballot) other).status == status;
    }

    @Override
    public int hashCode() {
        return cast.hashCode();
    }

    @Override
    public String toString() {
        return status + ": " + cast;
    }
}
