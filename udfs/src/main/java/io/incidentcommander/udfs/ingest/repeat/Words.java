// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time: the first byte is the lowest. */
final class Words {
    static final int BYTES = 8;

    /** The top bit of each byte. */
    static final long TOPS = 0x8080808080808080L;

    /** All but the top bit of each byte. */
    static final long LOWS = 0x7F7F7F7F7F7F7F7FL;

    private static final long EACH = 0x0101010101010101L;
    private static final long GATHER_TOPS = 0x0002040810204081L;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static long at(byte[] b, int i) {
        return (long) LONG.get(b, i);
    }

    static long repeat(int c) {
        return c * EACH;
    }

    /** The top bits of the eight bytes as eight bits, the first byte's lowest; all else is 0. */
    static long gather(long tops) {
        return tops * GATHER_TOPS >>> 56;
    }
}
