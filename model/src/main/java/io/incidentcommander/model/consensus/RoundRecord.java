// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A round as it went: its terms, and the votes that counted, by agent id. Immutable. */
public final class RoundRecord {
    private final RoundTerms terms;
    private final List<SignedVote> votes;

    public RoundRecord(RoundTerms terms, List<SignedVote> votes) {
        this.terms = Objects.requireNonNull(terms, "terms");
        this.votes = List.copyOf(votes);
    }

    public RoundTerms terms() {
        return terms;
    }

    public List<SignedVote> votes() {
        return votes;
    }

    void write(CanonicalWriter out) {
        terms.writeHashed(out);
        out.int32(votes.size());
        votes.forEach(vote -> vote.write(out));
    }

    static RoundRecord read(CanonicalReader in) throws IOException {
        RoundTerms terms = RoundTerms.readHashed(in);
        List<SignedVote> votes = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            votes.add(SignedVote.read(in));
        }
        return new RoundRecord(terms, votes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoundRecord
                && ((RoundRecord) other).terms.equals(terms)
                && ((RoundRecord) other).votes.equals(votes);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms + ", " + votes.size() + " votes";
    }
}
