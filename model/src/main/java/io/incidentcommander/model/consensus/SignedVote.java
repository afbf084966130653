// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A statement and the signature over its canonical bytes: what a certificate and a proof hold.
 * Nothing here says that the signature is right. Immutable.
 */
public final class SignedVote implements Vote {
    /** Length of an Ed25519 signature. */
    public static final int SIGNATURE_BYTES = 64;

    private final VoteStatement statement;
    private final byte[] signature;

    /**
     * @throws IllegalArgumentException unless the signature has 64 bytes
     */
    public SignedVote(VoteStatement statement, byte[] signature) {
        this.statement = Objects.requireNonNull(statement, "statement");
        if (signature.length != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("A signature has 64 bytes: " + signature.length);
        }
        this.signature = signature.clone();
    }

    public VoteStatement statement() {
        return statement;
    }

    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public String agent() {
        return statement.agent();
    }

    @Override
    public ActionId action() {
        return statement.action();
    }

    @Override
    public double confidence() {
        return statement.confidence();
    }

    void write(CanonicalWriter out) {
        out.bytes(statement.canonical()).fixed(signature);
    }

    static SignedVote read(CanonicalReader in) throws IOException {
        return new SignedVote(VoteStatement.read(in.bytes()), in.fixed(SIGNATURE_BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedVote
                && ((SignedVote) other).statement.equals(statement)
                && Arrays.equals(((SignedVote) other).signature, signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return statement.toString();
    }
}
