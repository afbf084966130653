// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes bytes that are hashed or signed, so that equal values give equal bytes and different
 * values different ones, in any language: integers big-endian two's complement, text and byte
 * strings with their length in bytes before them as a 32-bit integer, text in UTF-8, doubles as
 * their IEEE 754 bits with every NaN the same. Not thread safe.
 */
public final class CanonicalWriter {
    private byte[] buffer = new byte[256];
    private int size;

    public CanonicalWriter int8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public CanonicalWriter int32(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public CanonicalWriter int64(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public CanonicalWriter float64(double value) {
        return int64(Double.doubleToLongBits(value));
    }

    public CanonicalWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A byte string of any length, its length before it. */
    public CanonicalWriter bytes(byte[] value) {
        return int32(value.length).fixed(value);
    }

    /** Bytes whose number the layout fixes: no length before them. */
    public CanonicalWriter fixed(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
