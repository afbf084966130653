// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes numbers as ASCII digits of fixed width into a byte array, several at a time. */
final class Digits {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final short[] PAIRS = pairs();

    private Digits() {}

    /** 16 lower-case hexadecimal digits. */
    static void hex16(byte[] to, int at, long value) {
        LONGS.set(to, at, hex((int) (value >>> 32)));
        LONGS.set(to, at + 8, hex((int) value));
    }

    /** 36 characters, 8-4-4-4-12, of 128 bits. The dashes are the template's. */
    static void uuid(byte[] to, int at, long high, long low) {
        long middle = hex((int) high);
        long next = hex((int) (low >>> 32));
        LONGS.set(to, at, hex((int) (high >>> 32)));
        INTS.set(to, at + 9, (int) (middle >>> 32));
        INTS.set(to, at + 14, (int) middle);
        INTS.set(to, at + 19, (int) (next >>> 32));
        INTS.set(to, at + 24, (int) next);
        LONGS.set(to, at + 28, hex((int) low));
    }

    /** 18 decimal digits, two from each 7 bits of {@code random}. */
    static void decimal18(byte[] to, int at, long random) {
        for (int i = 0; i < 18; i += 2) {
            SHORTS.set(to, at + i, PAIRS[((int) random & 127) * 100 >>> 7]);
            random >>>= 7;
        }
    }

    /** {@code dd.dd}, from 10.00 to 99.99, so never with a leading zero. The point is written. */
    static void value(byte[] to, int at, long random) {
        fixed(to, at, 1000 + (int) ((random & 0xffff) * 9000 >>> 16));
    }

    /** {@code dd.dd} of a number of hundredths, from 1000 to 9999. The point is written. */
    static void fixed(byte[] to, int at, int scaled) {
        SHORTS.set(to, at, PAIRS[scaled / 100]);
        SHORTS.set(to, at + 3, PAIRS[scaled % 100]);
    }

    /** Eight hexadecimal digits in the bytes of a long, most significant first. */
    private static long hex(int value) {
        long v = value & 0xffffffffL;
        v = (v | v << 16) & 0x0000ffff0000ffffL;
        v = (v | v << 8) & 0x00ff00ff00ff00ffL;
        v = (v | v << 4) & 0x0f0f0f0f0f0f0f0fL;
        long aboveNine = (v + 0x0606060606060606L) >>> 4 & 0x0101010101010101L;
        return v + 0x3030303030303030L + aboveNine * ('a' - '0' - 10);
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < 100; i++) {
            pairs[i] = (short) (('0' + i / 10) << 8 | ('0' + i % 10));
        }
        return pairs;
    }
}
