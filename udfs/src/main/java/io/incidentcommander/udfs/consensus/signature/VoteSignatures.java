// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.signature;

/** Signs and checks the canonical bytes of votes. Implementations are thread safe and pure. */
public interface VoteSignatures {
    /**
     * @param publicKey 64 hexadecimal digits, of a usable key
     * @param signature 64 bytes
     * @return false for anything that is not a signature of this key over this message
     */
    boolean verify(String publicKey, byte[] message, byte[] signature);

    /**
     * Whether the key is fit to be registered: a point of the curve's large subgroup. For others
     * signatures can be made that fit many messages.
     */
    boolean isUsable(String publicKey);

    /**
     * @param privateSeed 32 bytes
     * @return 64 bytes
     */
    byte[] sign(byte[] privateSeed, byte[] message);

    /**
     * @param privateSeed 32 bytes
     * @return 64 hexadecimal digits
     */
    String publicKey(byte[] privateSeed);
}
