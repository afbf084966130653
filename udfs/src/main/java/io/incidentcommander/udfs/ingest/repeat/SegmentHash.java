// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

/**
 * A 64-bit hash of byte ranges, fast rather than strong: whoever looks up by it must compare the
 * bytes. Four independent lanes of multiplications keep the multiplier busy.
 */
final class SegmentHash {
    private static final long K1 = 0x9E3779B97F4A7C15L;
    private static final long K2 = 0xC2B2AE3D27D4EB4FL;
    private static final long K3 = 0xD6E8FEB86659FD93L;
    private static final long K4 = 0xA0761D6478BD642FL;

    private SegmentHash() {}

    /** {@code seed} and the bytes in {@code [from, to)}, and how many they are. */
    static long of(long seed, byte[] b, int from, int to) {
        long h = seed ^ (to - from) * K4;
        int i = from;
        if (to - from >= 32) {
            long h1 = h ^ K1;
            long h2 = h ^ K2;
            long h3 = h ^ K3;
            long h4 = h ^ K4;
            for (; i <= to - 32; i += 32) {
                h1 = step(h1, Words.at(b, i), K1);
                h2 = step(h2, Words.at(b, i + 8), K2);
                h3 = step(h3, Words.at(b, i + 16), K3);
                h4 = step(h4, Words.at(b, i + 24), K4);
            }
            h = step(step(step(h1, h2, K2), h3, K3), h4, K1);
        }
        for (; i <= to - 8; i += 8) {
            h = step(h, Words.at(b, i), K1);
        }
        return finish(step(h, rest(b, from, i, to), K2));
    }

    static long mix(long a, long b) {
        return finish(step(a, b, K3));
    }

    /** The last bytes, fewer than eight; a word that reaches back where that is possible. */
    private static long rest(byte[] b, int from, int i, int to) {
        if (i == to) {
            return 0;
        }
        if (to - from >= 8) {
            return Words.at(b, to - 8);
        }
        long word = 0;
        for (int k = i; k < to; k++) {
            word = word << 8 | (b[k] & 0xFF);
        }
        return word;
    }

    private static long step(long h, long word, long k) {
        long x = (h ^ word) * k;
        return x ^ (x >>> 29);
    }

    private static long finish(long h) {
        long x = (h ^ (h >>> 32)) * K2;
        return x ^ (x >>> 29);
    }
}
