// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A log whose lines are roughly in the order of their times. Where a time is, is found by halving,
 * with some 40 looks into a terabyte. A line belongs to the block of bytes that it begins in, so
 * blocks that adjoin give each line once. Not thread safe.
 */
public final class OrderedLog implements AutoCloseable {
    /** Of a longer line this much is handed out. */
    static final int LINE_BYTES = 64 << 10;

    /** Lines looked at for one that says its time, before the look counts as in vain. */
    private static final int LINES_A_LOOK = 100;

    private static final int BUFFER = 64 << 10;

    private final SeekableByteChannel channel;
    private final LineTimes times;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position; // of the next byte out of the buffer
    private long bytesRead;

    /** Closes the channel with itself. */
    public OrderedLog(SeekableByteChannel channel, LineTimes times) {
        this.channel = channel;
        this.times = times;
    }

    /** An offset with nothing before it that is of {@code millis} or later; too early rather. */
    public long firstOf(long millis) throws IOException {
        return find(millis, false);
    }

    /** An offset with nothing behind it that is before {@code millis}; too late rather. */
    public long endOf(long millis) throws IOException {
        return find(millis, true);
    }

    /** Halves until what is left is a buffer's worth. */
    private long find(long millis, boolean ratherLate) throws IOException {
        long low = 0; // before it all is earlier
        long high = channel.size(); // from it on nothing is
        while (high - low > BUFFER) {
            long middle = (low + high) >>> 1;
            OptionalLong time = timeAt(middle, high);
            boolean isEarlier = time.isPresent() ? time.getAsLong() < millis : ratherLate;
            if (isEarlier) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return ratherLate ? high : low;
    }

    private OptionalLong timeAt(long offset, long end) throws IOException {
        seekLine(offset);
        for (int i = 0; i < LINES_A_LOOK && position < end; i++) {
            byte[] next = nextLine();
            if (next == null) {
                break;
            }
            OptionalLong time = times.of(next);
            if (time.isPresent()) {
                return time;
            }
        }
        return OptionalLong.empty();
    }

    /** The lines that begin in {@code [from, to)}, each without its end, empty ones left out. */
    public void read(long from, long to, Consumer<byte[]> lines) throws IOException {
        seekLine(from);
        while (position < to) {
            byte[] next = nextLine();
            if (next == null) {
                return;
            }
            if (next.length > 0) {
                lines.accept(next);
            }
        }
    }

    /** Bytes read so far, of looks too. */
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** To the first line that begins at the offset or behind it. */
    private void seekLine(long offset) throws IOException {
        position = Math.max(0, offset - 1);
        channel.position(position);
        buffer.limit(0);
        if (offset > 0) {
            nextLine();
        }
    }

    /** Null at the end. */
    private byte[] nextLine() throws IOException {
        line.reset();
        boolean any = false;
        while (buffer.hasRemaining() || fill()) {
            any = true;
            byte next = buffer.get();
            position++;
            if (next == '\n') {
                return line.toByteArray();
            }
            if (line.size() < LINE_BYTES && next != '\r') {
                line.write(next);
            }
        }
        return any ? line.toByteArray() : null;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        bytesRead += Math.max(0, read);
        return read > 0;
    }
}
