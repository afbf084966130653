// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link CanonicalWriter} wrote. The bytes may come from anywhere: every method throws
 * an {@link IOException} that says where the bytes end too early, and no length in them is trusted
 * before it is checked against what is left. Not thread safe.
 */
public final class CanonicalReader {
    private final ByteBuffer in;

    public CanonicalReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    public int int8() throws IOException {
        need(1);
        return in.get();
    }

    public int int32() throws IOException {
        need(4);
        return in.getInt();
    }

    public long int64() throws IOException {
        need(8);
        return in.getLong();
    }

    public double float64() throws IOException {
        return Double.longBitsToDouble(int64());
    }

    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public byte[] bytes() throws IOException {
        return fixed(count());
    }

    public byte[] fixed(int length) throws IOException {
        need(length);
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    /** The number of elements that follow; each takes one byte at least. */
    public int count() throws IOException {
        int count = int32();
        need(count);
        return count;
    }

    public boolean isAtEnd() {
        return !in.hasRemaining();
    }

    /**
     * @throws IOException if bytes are left
     */
    public void end() throws IOException {
        if (in.hasRemaining()) {
            throw new IOException(in.remaining() + " bytes too many after byte " + in.position());
        }
    }

    private void need(int length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "At byte "
                            + in.position()
                            + " of "
                            + in.limit()
                            + " the layout calls for "
                            + length
                            + " more");
        }
    }
}
