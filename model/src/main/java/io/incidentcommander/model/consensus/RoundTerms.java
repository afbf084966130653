// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.Objects;

/**
 * All that a round is decided by, besides the votes: frozen when it opens. Every vote signs the
 * hash of these terms, so that a vote counts under no others and nobody can change them afterwards.
 * Immutable; times are event time in epoch milliseconds.
 */
public final class RoundTerms {
    private static final String DOMAIN = "round-terms";
    private static final int VERSION = 1;

    private final Builder b;
    private final String hash;

    private RoundTerms(Builder b) {
        this.b = b;
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        this.hash = Sha256.hex(Sha256.of(out.toByteArray()));
    }

    private RoundTerms(Builder b, String hash) {
        this.b = b;
        this.hash = hash;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** SHA-256 over the canonical bytes, 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    /** The request id of this round's requests: the first 32 digits of the hash. */
    public String requestId() {
        return hash.substring(0, 32);
    }

    public String tenant() {
        return b.tenant;
    }

    public String incidentId() {
        return b.incidentId;
    }

    public int attempt() {
        return b.attempt;
    }

    public int round() {
        return b.round;
    }

    public Protocol protocol() {
        return b.protocol;
    }

    public CandidateList candidates() {
        return b.candidates;
    }

    public Roster roster() {
        return b.roster;
    }

    /** The least aggregated confidence that decides. */
    public double confidence() {
        return b.confidence;
    }

    /** The least number of trusted supporters. */
    public int trusted() {
        return b.trusted;
    }

    /** When the agents were asked: their time limits count from here. */
    public long requestedAtMillis() {
        return b.requestedAtMillis;
    }

    /** When the first round of the attempt opened. */
    public long openedAtMillis() {
        return b.openedAtMillis;
    }

    /** When this round ends at the latest. */
    public long closesAtMillis() {
        return b.closesAtMillis;
    }

    void write(CanonicalWriter out) {
        out.text(DOMAIN).int8(VERSION);
        out.text(b.tenant).text(b.incidentId).int32(b.attempt).int32(b.round);
        out.text(b.protocol.word());
        b.candidates.write(out);
        b.roster.write(out);
        out.float64(b.confidence).int32(b.trusted);
        out.int64(b.requestedAtMillis).int64(b.openedAtMillis).int64(b.closesAtMillis);
    }

    /** With the hash, so that state need not be hashed again each time it is read. */
    void writeHashed(CanonicalWriter out) {
        out.text(hash);
        write(out);
    }

    static RoundTerms readHashed(CanonicalReader in) throws IOException {
        String hash = in.text();
        return new RoundTerms(readValues(in), hash);
    }

    private static Builder readValues(CanonicalReader in) throws IOException {
        if (!in.text().equals(DOMAIN) || in.int8() != VERSION) {
            throw new IOException("Not the terms of a round in version 1");
        }
        return new Builder()
                .tenant(in.text())
                .incidentId(in.text())
                .attempt(in.int32())
                .round(in.int32())
                .protocol(Protocol.ofWord(in.text()))
                .candidates(CandidateList.read(in))
                .roster(Roster.read(in))
                .confidence(in.float64())
                .trusted(in.int32())
                .requestedAtMillis(in.int64())
                .openedAtMillis(in.int64())
                .closesAtMillis(in.int64());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoundTerms && ((RoundTerms) other).hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return b.incidentId + " attempt " + b.attempt + " round " + b.round;
    }

    /** Collects the values; all are required. */
    public static final class Builder {
        private String tenant;
        private String incidentId;
        private int attempt;
        private int round;
        private Protocol protocol;
        private CandidateList candidates;
        private Roster roster;
        private double confidence;
        private int trusted;
        private long requestedAtMillis;
        private long openedAtMillis;
        private long closesAtMillis;

        private Builder() {}

        public Builder tenant(String value) {
            tenant = value;
            return this;
        }

        public Builder incidentId(String value) {
            incidentId = value;
            return this;
        }

        public Builder attempt(int value) {
            attempt = value;
            return this;
        }

        public Builder round(int value) {
            round = value;
            return this;
        }

        public Builder protocol(Protocol value) {
            protocol = value;
            return this;
        }

        public Builder candidates(CandidateList value) {
            candidates = value;
            return this;
        }

        public Builder roster(Roster value) {
            roster = value;
            return this;
        }

        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        public Builder trusted(int value) {
            trusted = value;
            return this;
        }

        public Builder requestedAtMillis(long value) {
            requestedAtMillis = value;
            return this;
        }

        public Builder openedAtMillis(long value) {
            openedAtMillis = value;
            return this;
        }

        public Builder closesAtMillis(long value) {
            closesAtMillis = value;
            return this;
        }

        /**
         * @throws NullPointerException if a value was not set
         */
        public RoundTerms build() {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(incidentId, "incidentId");
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(candidates, "candidates");
            Objects.requireNonNull(roster, "roster");
            Builder b = new Builder();
            b.tenant = tenant;
            b.incidentId = incidentId;
            b.attempt = attempt;
            b.round = round;
            b.protocol = protocol;
            b.candidates = candidates;
            b.roster = roster;
            b.confidence = confidence;
            b.trusted = trusted;
            b.requestedAtMillis = requestedAtMillis;
            b.openedAtMillis = openedAtMillis;
            b.closesAtMillis = closesAtMillis;
            return new RoundTerms(b);
        }
    }
}
