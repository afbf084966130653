// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.signature;

import io.incidentcommander.model.codec.Sha256;
import java.io.Serializable;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 as RFC 8032 has it (no prehash, no context), by Bouncy Castle's lightweight API. The one
 * class that knows the library. Keys that are no points of the curve verify nothing.
 */
public final class Ed25519Signatures implements VoteSignatures, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean verify(String publicKey, byte[] message, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        byte[] key = Sha256.parse(publicKey);
        return Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    @Override
    public boolean isUsable(String publicKey) {
        return Ed25519.validatePublicKeyFull(Sha256.parse(publicKey), 0);
    }

    @Override
    public byte[] sign(byte[] privateSeed, byte[] message) {
        requireSeed(privateSeed);
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(privateSeed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String publicKey(byte[] privateSeed) {
        requireSeed(privateSeed);
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(privateSeed, 0, key, 0);
        return Sha256.hex(key);
    }

    private static void requireSeed(byte[] privateSeed) {
        if (privateSeed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("A private key has 32 bytes");
        }
    }
}
