// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import java.util.Arrays;

/**
 * Tells, for 64 bytes of JSON at a time, where the characters {@code : { } [ ]} stand outside of
 * strings. Blocks must be asked for in order from the first, since a string may reach over several.
 *
 * <p>On well-formed JSON the bits are exact. The test for brackets also takes {@code Y y _} and
 * DEL, which never stand outside of strings there.
 */
final class StructuralBits {
    static final int BLOCK = 64;

    private static final long QUOTES = Words.repeat('"');
    private static final long BACKSLASHES = Words.repeat('\\');
    private static final long COLONS = Words.repeat(':');

    /** The bits in which the four brackets differ from each other and from DEL. */
    private static final long BRACKET_BITS = Words.repeat(0x26);

    private final byte[] shortRecord = new byte[BLOCK];
    private long withinString; // all ones after a block that ends within a string
    private long escapedFirst; // one if the first byte of the next block is escaped

    void reset() {
        withinString = 0;
        escapedFirst = 0;
    }

    boolean withinString() {
        return withinString != 0;
    }

    /**
     * Bit {@code i} is for the byte at {@code base + i}. The last block is read together with what
     * precedes it, whose bits are then shifted out, since a full block costs less than a copy.
     */
    long structure(byte[] b, int base) {
        if (base + BLOCK <= b.length) {
            return block(b, base, 0);
        }
        return b.length >= BLOCK
                ? block(b, b.length - BLOCK, base + BLOCK - b.length)
                : block(padded(b), 0, 0);
    }

    private byte[] padded(byte[] b) {
        System.arraycopy(b, 0, shortRecord, 0, b.length);
        Arrays.fill(shortRecord, b.length, BLOCK, (byte) ' ');
        return shortRecord;
    }

    private long block(byte[] b, int base, int known) {
        long quotes = 0;
        long structure = 0;
        long anyBackslash = 0;
        for (int i = 0; i < BLOCK; i += Words.BYTES) {
            long word = Words.at(b, base + i);
            long ascii = ~word & Words.TOPS;
            long low = word & Words.LOWS;
            // A sum keeps its top bit clear only where the byte is the one looked for.
            long noQuote = (low ^ QUOTES) + Words.LOWS;
            long noColon = (low ^ COLONS) + Words.LOWS;
            long noBracket = ((low | BRACKET_BITS) ^ Words.LOWS) + Words.LOWS;
            anyBackslash |= ~((low ^ BACKSLASHES) + Words.LOWS) & ascii;
            quotes |= Words.gather(~noQuote & ascii) << i;
            structure |= Words.gather(~(noColon & noBracket) & ascii) << i;
        }
        if ((anyBackslash | escapedFirst) != 0) {
            quotes &= ~(escaped(backslashes(b, base) >>> known) << known);
        }
        long strings = toggled(quotes >>> known) ^ withinString;
        withinString = strings >> 63;
        return structure >>> known & ~strings;
    }

    private static long backslashes(byte[] b, int base) {
        long bits = 0;
        for (int i = 0; i < BLOCK; i += Words.BYTES) {
            long word = Words.at(b, base + i);
            long none = ((word & Words.LOWS) ^ BACKSLASHES) + Words.LOWS;
            bits |= Words.gather(~(none | word) & Words.TOPS) << i;
        }
        return bits;
    }

    /** The bytes that follow a backslash which is not itself escaped. */
    private long escaped(long backslashes) {
        long escaped = backslashes << 1 | escapedFirst;
        boolean alone = (backslashes & escaped) == 0;
        if (alone) {
            escapedFirst = backslashes >>> 63;
            return escaped;
        }
        escaped = escapedFirst;
        escapedFirst = 0;
        for (long left = backslashes & ~escaped; left != 0; ) {
            long backslash = Long.lowestOneBit(left);
            escaped |= backslash << 1;
            escapedFirst = backslash >>> 63;
            left &= ~(backslash | backslash << 1);
        }
        return escaped;
    }

    /** One from each opening quote up to before its closing quote: a running exclusive or. */
    private static long toggled(long quotes) {
        long x = quotes ^ quotes << 1;
        x ^= x << 2;
        x ^= x << 4;
        x ^= x << 8;
        x ^= x << 16;
        return x ^ x << 32;
    }
}
