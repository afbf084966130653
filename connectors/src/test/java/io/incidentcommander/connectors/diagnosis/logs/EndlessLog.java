// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.logs;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** A log of any size that is made where it is read: line n is of n milliseconds. */
final class EndlessLog implements SeekableByteChannel {
    static final int LINE_BYTES = 200;

    private final long lines;
    private long position;

    EndlessLog(long lines) {
        this.lines = lines;
    }

    static OptionalLong timeOf(byte[] line) {
        return OptionalLong.of(numberOf(line));
    }

    static long numberOf(byte[] line) {
        String text = new String(line, StandardCharsets.US_ASCII);
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    @Override
    public int read(ByteBuffer into) {
        int read = 0;
        while (into.hasRemaining() && position < size()) {
            byte[] line = line(position / LINE_BYTES);
            int from = (int) (position % LINE_BYTES);
            int bytes = Math.min(into.remaining(), LINE_BYTES - from);
            into.put(line, from, bytes);
            position += bytes;
            read += bytes;
        }
        return read == 0 ? -1 : read;
    }

    private static byte[] line(long number) {
        String text = number + " served";
        return (text + ".".repeat(LINE_BYTES - 1 - text.length()) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return lines * LINE_BYTES;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
