// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stretch of a stream, from the beginning of the record being cut to as far as was read. Holds
 * little more than one record of the largest size that is kept whole. Damage of the stream is its
 * end here, and remembered.
 *
 * <p>Positions are relative to the record's beginning and stay valid while more is loaded.
 */
final class ByteWindow implements Closeable {
    /** Records above this are not kept whole (bytes). */
    static final int LARGEST_RECORD = 256 * 1024;

    private static final int CAPACITY = LARGEST_RECORD + 128 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream content;
    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int limit;
    private long line;
    private long passed;
    private boolean ended;
    private Optional<String> damage = Optional.empty();

    /** Owns the stream. A UTF-8 byte order mark at its beginning is passed over. */
    ByteWindow(InputStream content) throws IOException {
        this.content = content;
        while (length() < BYTE_ORDER_MARK.length && load()) {
            // one read is usually enough
        }
        int mark = BYTE_ORDER_MARK.length;
        if (length() >= mark && Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
            start = mark;
        }
    }

    /** Bytes held. */
    int length() {
        return limit - start;
    }

    byte at(int position) {
        return buffer[start + position];
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(buffer, start + from, start + to);
    }

    /** Zero-based number of the line in which the window begins. */
    long line() {
        return line;
    }

    /** Bytes of the stream before the window. */
    long passed() {
        return passed;
    }

    /** Why the stream ended early, if it did. */
    Optional<String> damage() {
        return damage;
    }

    /** More than a record that is kept whole, with its line end. */
    boolean isBeyondLargest() {
        return length() > LARGEST_RECORD + 2;
    }

    /** Whether there is anything at or after the beginning of the window. */
    boolean hasBytes() throws IOException {
        return length() > 0 || load();
    }

    /** Position of the next line end at or after {@code from} among the bytes held, or -1. */
    int lineEnd(int from) {
        for (int i = start + from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i - start;
            }
        }
        return -1;
    }

    boolean isBlank(int from, int to) {
        for (int i = start + from; i < start + to; i++) {
            if (!isBlank(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == '\n';
    }

    /** Gives up the first {@code count} bytes, which hold {@code lineEnds} line ends. */
    void pass(int count, int lineEnds) {
        start += count;
        passed += count;
        line += lineEnds;
    }

    /** Loads at least one more byte; false at the end of the stream. */
    boolean load() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0 && limit == CAPACITY) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        int read = read();
        ended = read < 0;
        limit += Math.max(0, read);
        return !ended;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private int read() throws IOException {
        if (start == limit) {
            start = 0;
            limit = 0;
        }
        if (limit == CAPACITY) {
            throw new IllegalStateException("a record was let grow beyond the window");
        }
        try {
            return content.read(buffer, limit, CAPACITY - limit);
        } catch (DamagedStreamException e) {
            damage = Optional.of(e.getMessage());
            return -1;
        }
    }
}
