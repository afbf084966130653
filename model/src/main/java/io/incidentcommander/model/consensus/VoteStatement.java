// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.Arrays;

/**
 * What an agent signs: its recommendation, with the texts and the evidence as hashes. The bytes of
 * {@link #canonical} are specified in docs/protocol.md. Immutable.
 */
public final class VoteStatement implements Vote {
    private static final String DOMAIN = "recommendation";
    private static final int VERSION = 1;

    private final Recommendation.Builder said;
    private final byte[] evidenceHash;
    private final byte[] narrativeHash;

    VoteStatement(Recommendation.Builder said, byte[] evidenceHash, byte[] narrativeHash) {
        this.said = said;
        this.evidenceHash = evidenceHash;
        this.narrativeHash = narrativeHash;
    }

    /** The bytes that are signed. */
    public byte[] canonical() {
        CanonicalWriter out = new CanonicalWriter();
        out.text(DOMAIN).int8(VERSION);
        said.writeHead(out);
        out.fixed(evidenceHash).fixed(narrativeHash);
        return out.toByteArray();
    }

    /**
     * @throws IOException if the bytes are no statement of a known version
     */
    public static VoteStatement read(byte[] canonical) throws IOException {
        CanonicalReader in = new CanonicalReader(canonical);
        if (!in.text().equals(DOMAIN) || in.int8() != VERSION) {
            throw new IOException("Not a recommendation of version 1");
        }
        try {
            Recommendation.Builder said = Recommendation.Builder.readHead(in);
            byte[] evidence = in.fixed(Sha256.BYTES);
            byte[] narrative = in.fixed(Sha256.BYTES);
            in.end();
            said.requireHead();
            return new VoteStatement(said, evidence, narrative);
        } catch (IllegalArgumentException e) {
            throw new IOException("A recommendation holds an impossible value", e);
        }
    }

    public String tenant() {
        return said.tenant;
    }

    public String incidentId() {
        return said.incidentId;
    }

    public int attempt() {
        return said.attempt;
    }

    public int round() {
        return said.round;
    }

    /** Hash of the {@link RoundTerms} voted under. */
    public String terms() {
        return said.terms;
    }

    public String requestId() {
        return said.requestId;
    }

    @Override
    public String agent() {
        return said.agent;
    }

    public int keyEpoch() {
        return said.keyEpoch;
    }

    public AgentRole role() {
        return said.role;
    }

    public String family() {
        return said.family;
    }

    @Override
    public ActionId action() {
        return said.action;
    }

    @Override
    public double confidence() {
        return said.confidence;
    }

    public long issuedAtMillis() {
        return said.issuedAtMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoteStatement
                && Arrays.equals(((VoteStatement) other).canonical(), canonical());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(canonical());
    }

    @Override
    public String toString() {
        return said.agent + " for " + said.action + " at " + said.confidence;
    }
}
