// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import java.util.Arrays;

/**
 * Few keys, as they are written with their quotes, each with a number; made for one who stands
 * behind a key in a record and wants most keys turned away at once. Filled first, then left alone.
 */
final class KeyTable {
    static final int NONE = -1;

    private static final int WORD = 8;
    private static final long ENDING_BITS = 0x9E3779B97F4A7C15L;

    private long endings; // a bit for each ending of a key
    private int[] numbers = {};
    private byte[][] keys = {};
    private long[] tails = {};
    private long[] masks = {};

    void add(byte[] key, int number) {
        int n = numbers.length;
        numbers = Arrays.copyOf(numbers, n + 1);
        keys = Arrays.copyOf(keys, n + 1);
        tails = Arrays.copyOf(tails, n + 1);
        masks = Arrays.copyOf(masks, n + 1);
        numbers[n] = number;
        keys[n] = key;
        tails[n] = lastWord(key, key.length);
        endings |= 1L << ending(tails[n]);
        masks[n] = key.length >= WORD ? -1L : -1L << (WORD - key.length) * 8;
    }

    boolean isEmpty() {
        return numbers.length == 0;
    }

    /** The number of the key whose last byte is at {@code end - 1}, or {@link #NONE}. */
    int endingAt(byte[] b, int end) {
        long last = lastWord(b, end);
        if ((endings >>> ending(last) & 1) == 0) {
            return NONE;
        }
        for (int i = 0; i < numbers.length; i++) {
            if (((last ^ tails[i]) & masks[i]) == 0 && isWhole(keys[i], b, end)) {
                return numbers[i];
            }
        }
        return NONE;
    }

    /** The number of the key with these quotes and this text between them, or {@link #NONE}. */
    int ofText(byte[] b, int from, int to) {
        for (int i = 0; i < numbers.length; i++) {
            if (Arrays.equals(keys[i], 1, keys[i].length - 1, b, from, to)) {
                return numbers[i];
            }
        }
        return NONE;
    }

    /** The number of exactly this key, or {@link #NONE}. */
    int of(byte[] key) {
        for (int i = 0; i < numbers.length; i++) {
            if (Arrays.equals(keys[i], key)) {
                return numbers[i];
            }
        }
        return NONE;
    }

    /** Six bits of the last three bytes. */
    private static int ending(long last) {
        return (int) ((last >>> 40) * ENDING_BITS >>> 58);
    }

    private static long lastWord(byte[] b, int end) {
        if (end >= WORD) {
            return Words.at(b, end - WORD);
        }
        long word = 0;
        for (int i = 0; i < end; i++) {
            word |= (b[i] & 0xFFL) << (WORD - end + i) * 8;
        }
        return word;
    }

    /**
     * The last word is known to be equal. A quote right after a backslash is no opening quote, so
     * this would be but the end of a longer key.
     */
    private static boolean isWhole(byte[] key, byte[] b, int end) {
        int from = end - key.length;
        if (from < 1 || b[from - 1] == '\\') {
            return false;
        }
        for (int i = 0; i < key.length - WORD; i++) {
            if (key[i] != b[from + i]) {
                return false;
            }
        }
        return true;
    }
}
