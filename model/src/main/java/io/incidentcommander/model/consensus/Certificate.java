// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that is needed to check a decision without asking anybody: the terms of the rounds that
 * decided, the signed votes, and the outcome. Immutable. Says nothing about whether it is true: a
 * verifier does.
 */
public final class Certificate {
    /** Of the canonical bytes and of the JSON. */
    public static final int VERSION = 1;

    private static final String DOMAIN = "decision-certificate";

    private final List<RoundRecord> rounds;
    private final Outcome outcome;

    /**
     * @param rounds the one that decided, after the one it confirmed if there had to be one
     * @throws IllegalArgumentException if there is no round
     */
    public Certificate(List<RoundRecord> rounds, Outcome outcome) {
        this.rounds = List.copyOf(rounds);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("A decision is made in a round");
        }
    }

    /** One, or two where a second round had to confirm. */
    public List<RoundRecord> rounds() {
        return rounds;
    }

    /** The round that decided. */
    public RoundRecord last() {
        return rounds.get(rounds.size() - 1);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The bytes whose hash stands for the certificate. */
    public byte[] canonical() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toByteArray();
    }

    /** SHA-256 over {@link #canonical}, 64 hexadecimal digits. */
    public String hash() {
        return Sha256.hex(Sha256.of(canonical()));
    }

    void write(CanonicalWriter out) {
        out.text(DOMAIN).int8(VERSION).int32(rounds.size());
        rounds.forEach(round -> round.write(out));
        outcome.write(out);
    }

    static Certificate read(CanonicalReader in) throws IOException {
        if (!in.text().equals(DOMAIN) || in.int8() != VERSION) {
            throw new IOException("Not a certificate of version 1");
        }
        List<RoundRecord> rounds = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            rounds.add(RoundRecord.read(in));
        }
        return new Certificate(rounds, Outcome.read(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate
                && ((Certificate) other).rounds.equals(rounds)
                && ((Certificate) other).outcome.equals(outcome);
    }

    @Override
    public int hashCode() {
        return outcome.hashCode();
    }

    @Override
    public String toString() {
        return last().terms() + ": " + outcome;
    }
}
