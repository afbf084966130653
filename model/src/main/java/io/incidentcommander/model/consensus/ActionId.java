// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.Sha256;

/**
 * What a vote is for: the SHA-256 of a canonical {@link Action}, as 64 lower-case hexadecimal
 * digits. {@link #ABSTAIN}, all zeros, is no action but a vote for none. Immutable.
 */
public final class ActionId implements Comparable<ActionId> {
    /** A signed vote for no action. It never shrinks the denominator. */
    public static final ActionId ABSTAIN = new ActionId(Sha256.hex(new byte[Sha256.BYTES]));

    private final String hex;

    private ActionId(String hex) {
        this.hex = hex;
    }

    /**
     * @throws IllegalArgumentException unless there are 32 bytes
     */
    public static ActionId of(byte[] hash) {
        return ofHex(Sha256.hex(hash));
    }

    /**
     * @throws IllegalArgumentException unless there are 64 lower-case hexadecimal digits
     */
    public static ActionId ofHex(String hex) {
        Sha256.parse(hex);
        return new ActionId(hex);
    }

    public byte[] bytes() {
        return Sha256.parse(hex);
    }

    public String hex() {
        return hex;
    }

    public boolean isAbstention() {
        return equals(ABSTAIN);
    }

    @Override
    public int compareTo(ActionId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActionId && ((ActionId) other).hex.equals(hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return hex;
    }
}
