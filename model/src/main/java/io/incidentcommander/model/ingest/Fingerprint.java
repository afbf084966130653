// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/**
 * Identity of an alert across deliveries: the first 128 bits of SHA-256 over tenant and the labels
 * chosen for the source, each length-prefixed and in key order, so that no two different label sets
 * share an encoding. Text form: 32 hexadecimal digits.
 */
public final class Fingerprint implements Comparable<Fingerprint> {
    private static final ThreadLocal<MessageDigest> SHA_256 =
            ThreadLocal.withInitial(Fingerprint::sha256);

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final long high;
    private final long low;

    public Fingerprint(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** {@code identity} must iterate in key order (a sorted map). */
    public static Fingerprint of(String tenant, Map<String, String> identity) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        update(digest, tenant);
        for (Map.Entry<String, String> label : identity.entrySet()) {
            update(digest, label.getKey());
            update(digest, label.getValue());
        }
        byte[] hash = digest.digest();
        return new Fingerprint(longAt(hash, 0), longAt(hash, 8));
    }

    /**
     * @throws IllegalArgumentException if {@code hex} is not 32 hexadecimal digits
     */
    public static Fingerprint parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("A fingerprint has 32 hexadecimal digits: " + hex);
        }
        return new Fingerprint(
                Long.parseUnsignedLong(hex.substring(0, 16), 16),
                Long.parseUnsignedLong(hex.substring(16), 16));
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    @Override
    public int compareTo(Fingerprint other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint
                && ((Fingerprint) other).high == high
                && ((Fingerprint) other).low == low;
    }

    @Override
    public int hashCode() {
        return (int) (high ^ (high >>> 32));
    }

    @Override
    public String toString() {
        byte[] digits = new byte[32];
        hex(high, digits, 0);
        hex(low, digits, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void hex(long value, byte[] digits, int from) {
        for (int i = 0; i < 16; i++) {
            digits[from + i] = DIGITS[(int) (value >>> 60 - 4 * i) & 0xf];
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int n = bytes.length;
        digest.update((byte) (n >>> 24));
        digest.update((byte) (n >>> 16));
        digest.update((byte) (n >>> 8));
        digest.update((byte) n);
        digest.update(bytes);
    }

    private static long longAt(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
