// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 and its hexadecimal text form (lower case). Thread safe. */
public final class Sha256 {
    /** Length of a hash in bytes. */
    public static final int BYTES = 32;

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();
    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    /** The 32 bytes of the hash of {@code content}. */
    public static byte[] of(byte[] content) {
        MessageDigest digest = DIGEST.get();
        digest.reset();
        return digest.digest(content);
    }

    /** Two lower-case digits a byte. */
    public static String hex(byte[] bytes) {
        char[] text = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = DIGITS[(bytes[i] >> 4) & 0xf];
            text[2 * i + 1] = DIGITS[bytes[i] & 0xf];
        }
        return new String(text);
    }

    /**
     * The bytes of a hash in text form.
     *
     * @throws IllegalArgumentException unless {@code hex} is 64 hexadecimal digits in lower case
     */
    public static byte[] parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("A hash has 64 hexadecimal digits: " + hex);
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (digit(hex, 2 * i) << 4 | digit(hex, 2 * i + 1));
        }
        return bytes;
    }

    private static int digit(String hex, int at) {
        char c = hex.charAt(at);
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        throw new IllegalArgumentException("A hash has lower-case hexadecimal digits: " + hex);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
