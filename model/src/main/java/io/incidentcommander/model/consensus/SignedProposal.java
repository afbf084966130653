// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * An action that an agent wants on the list of the next round, signed. It says nothing about this
 * one: the agent votes there besides. Immutable. Nothing in it is trusted.
 */
public final class SignedProposal {
    private static final String DOMAIN = "proposal";
    private static final int VERSION = 1;

    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final int round;
    private final String terms;
    private final String agent;
    private final int keyEpoch;
    private final Action action;
    private final long issuedAtMillis;
    private final byte[] signature;

    /**
     * @param terms hash of the terms of the open round, as the request gave it
     * @param issuedAtMillis by the agent's clock, epoch milliseconds
     * @throws IllegalArgumentException if an id has more than 256 chars, the hash is none, or the
     *     signature has not 64 bytes
     */
    public SignedProposal(
            String tenant,
            String incidentId,
            int attempt,
            int round,
            String terms,
            String agent,
            int keyEpoch,
            Action action,
            long issuedAtMillis,
            byte[] signature) {
        this.tenant = bounded(tenant);
        this.incidentId = bounded(incidentId);
        this.attempt = attempt;
        this.round = round;
        this.terms = Sha256.hex(Sha256.parse(terms));
        this.agent = bounded(agent);
        this.keyEpoch = keyEpoch;
        this.action = Objects.requireNonNull(action, "action");
        this.issuedAtMillis = issuedAtMillis;
        if (signature.length != SignedVote.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("A signature has 64 bytes: " + signature.length);
        }
        this.signature = signature.clone();
    }

    /** Not signed yet: {@link #canonical} is what to sign. */
    public static SignedProposal answering(
            RoundRequest request, Seat seat, Action action, long issuedAtMillis) {
        RoundTerms asked = request.terms();
        return new SignedProposal(
                asked.tenant(),
                asked.incidentId(),
                asked.attempt(),
                asked.round(),
                asked.hash(),
                seat.agent(),
                seat.keyEpoch(),
                action,
                issuedAtMillis,
                new byte[SignedVote.SIGNATURE_BYTES]);
    }

    public SignedProposal signed(byte[] by) {
        return new SignedProposal(
                tenant,
                incidentId,
                attempt,
                round,
                terms,
                agent,
                keyEpoch,
                action,
                issuedAtMillis,
                by);
    }

    /** The bytes that are signed; docs/protocol.md specifies them. */
    public byte[] canonical() {
        CanonicalWriter out = new CanonicalWriter();
        writeStatement(out);
        return out.toByteArray();
    }

    private void writeStatement(CanonicalWriter out) {
        out.text(DOMAIN).int8(VERSION).text(tenant).text(incidentId).int32(attempt).int32(round);
        out.fixed(Sha256.parse(terms)).text(agent).int32(keyEpoch);
        out.int64(issuedAtMillis);
        action.write(out);
    }

    void write(CanonicalWriter out) {
        writeStatement(out);
        out.fixed(signature);
    }

    static SignedProposal read(CanonicalReader in) throws IOException {
        if (!in.text().equals(DOMAIN) || in.int8() != VERSION) {
            throw new IOException("Not a proposal of version 1");
        }
        String tenant = in.text();
        String incidentId = in.text();
        int attempt = in.int32();
        int round = in.int32();
        String terms = Sha256.hex(in.fixed(Sha256.BYTES));
        String agent = in.text();
        int keyEpoch = in.int32();
        long issuedAtMillis = in.int64();
        return new SignedProposal(
                tenant,
                incidentId,
                attempt,
                round,
                terms,
                agent,
                keyEpoch,
                Action.read(in),
                issuedAtMillis,
                in.fixed(SignedVote.SIGNATURE_BYTES));
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public int attempt() {
        return attempt;
    }

    /** The open round; the action can be on the list of the one after it. */
    public int round() {
        return round;
    }

    /** Hash of the {@link RoundTerms} of the open round. */
    public String terms() {
        return terms;
    }

    public String agent() {
        return agent;
    }

    /** Which of the agent's keys signs. */
    public int keyEpoch() {
        return keyEpoch;
    }

    public Action action() {
        return action;
    }

    /** By the agent's clock, epoch milliseconds. */
    public long issuedAtMillis() {
        return issuedAtMillis;
    }

    public byte[] signature() {
        return signature.clone();
    }

    private static String bounded(String id) {
        Objects.requireNonNull(id, "id");
        if (id.length() > Recommendation.MAX_ID) {
            throw new IllegalArgumentException(
                    "An id has " + Recommendation.MAX_ID + " chars at most: " + id.length());
        }
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedProposal
                && Arrays.equals(((SignedProposal) other).canonical(), canonical())
                && Arrays.equals(((SignedProposal) other).signature, signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return agent + " proposes " + action;
    }
}
