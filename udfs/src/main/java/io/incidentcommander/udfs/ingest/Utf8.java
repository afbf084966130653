// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF (RFC 3629). */
public final class Utf8 {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NON_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Where the text begins: 3 after a byte order mark, else 0. */
    static int afterByteOrderMark(byte[] b) {
        boolean marked =
                b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    /** Whether a byte order mark says that the text is UTF-16, which is another encoding. */
    static boolean isMarkedUtf16(byte[] b) {
        return b.length >= 2
                && ((b[0] == (byte) 0xFF && b[1] == (byte) 0xFE)
                        || (b[0] == (byte) 0xFE && b[1] == (byte) 0xFF));
    }

    /** Index of the first byte that is not UTF-8, or -1. */
    static int firstInvalid(byte[] b, int from) {
        int i = from;
        while (true) {
            while (i + 8 <= b.length && ((long) LONG.get(b, i) & NON_ASCII) == 0) {
                i += 8;
            }
            if (i >= b.length) {
                return -1;
            }
            int length = b[i] >= 0 ? 1 : sequenceLength(b, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
    }

    /** Length in bytes of the character of several bytes at {@code i}, or 0 if there is none. */
    public static int sequenceLength(byte[] b, int i) {
        int lead = b[i] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(b, i + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return continues(b, i + 1, low, high) && continues(b, i + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            return continues(b, i + 1, low, high)
                            && continues(b, i + 2, 0x80, 0xBF)
                            && continues(b, i + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] b, int i, int low, int high) {
        return i < b.length && (b[i] & 0xFF) >= low && (b[i] & 0xFF) <= high;
    }
}
