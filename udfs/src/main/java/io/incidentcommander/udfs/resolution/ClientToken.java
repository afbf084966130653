// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * What makes a step known again to the service that runs it: a version 5 UUID (RFC 9562) over
 * decision, action and step. The decision is part of it, since the same action for another incident
 * is another effect; the same step of the same decision has the same token for ever.
 */
public final class ClientToken {
    /** Our name space: the version 5 UUID of the domain name below that of RFC 9562. */
    private static final UUID SPACE =
            version5(
                    UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
                    "resolution.incidentcommander.io");

    private ClientToken() {}

    /**
     * @param decisionId of the decision that the action carries out
     * @param step its name, unique in the plan; a rollback step has a name of its own
     */
    public static UUID of(String decisionId, ActionId action, String step) {
        return version5(SPACE, decisionId + "|" + action.hex() + "|" + step);
    }

    static UUID version5(UUID space, String name) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1"); // as the RFC says; not for secrecy
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
        sha1.update(
                ByteBuffer.allocate(16)
                        .putLong(space.getMostSignificantBits())
                        .putLong(space.getLeastSignificantBits())
                        .array());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
        long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
