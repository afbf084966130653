// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip (RFC 1952) of one or more members; zero padding after the last one is allowed.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it does not ask {@code available()} whether a
 * further member follows, which remote file systems answer with 0, and it reports what follows a
 * member and is not gzip instead of leaving it out. All that can be inflated is returned before a
 * {@link DamagedStreamException}.
 */
final class GzipMembers extends InputStream {
    private static final int HAS_HEADER_CHECKSUM = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;

    private final InputStream compressed;
    private final byte[] buffer = new byte[64 * 1024];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int position;
    private int limit;
    private boolean inMember;
    private boolean ended;
    private int members;

    GzipMembers(InputStream compressed) {
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || beginMember()) {
            int inflated = inflate(target, offset, length);
            if (inflated > 0) {
                checksum.update(target, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new DamagedStreamException("gzip: the data is corrupt");
            } else {
                feed();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        compressed.close();
    }

    private int inflate(byte[] target, int offset, int length) throws DamagedStreamException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new DamagedStreamException("gzip: the data is corrupt", e);
        }
    }

    private void feed() throws IOException {
        if (!refill()) {
            throw new DamagedStreamException("gzip: the file ends within a member");
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    private boolean beginMember() throws IOException {
        if (ended || atEnd()) {
            ended = true;
            return false;
        }
        int first = take();
        if (members > 0 && first == 0) {
            skipPadding();
            ended = true;
            return false;
        }
        if (first != 0x1f || take() != 0x8b || take() != 8) {
            throw new DamagedStreamException("gzip: a member is followed by data that is not gzip");
        }
        skipHeader();
        inflater.reset();
        if (position < limit) {
            inflater.setInput(buffer, position, limit - position);
            position = limit;
        }
        checksum.reset();
        inMember = true;
        members++;
        return true;
    }

    private void skipHeader() throws IOException {
        int flags = take();
        skip(6); // time, extra flags, operating system
        if ((flags & HAS_EXTRA) != 0) {
            skip(take() | take() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void endMember() throws IOException {
        inMember = false;
        position = limit - inflater.getRemaining();
        long expectedChecksum = takeUnsignedInt();
        long expectedSize = takeUnsignedInt();
        if (expectedChecksum != checksum.getValue()
                || expectedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new DamagedStreamException("gzip: the checksum of a member does not match");
        }
    }

    private void skipPadding() throws IOException {
        while (!atEnd()) {
            if (take() != 0) {
                throw new DamagedStreamException(
                        "gzip: a member is followed by data that is not gzip");
            }
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    private void skipText() throws IOException {
        while (take() != 0) {
            // up to and with the zero that ends it
        }
    }

    private long takeUnsignedInt() throws IOException {
        return take() | take() << 8 | take() << 16 | (long) take() << 24;
    }

    private int take() throws IOException {
        if (atEnd()) {
            throw new DamagedStreamException("gzip: the file ends within a member");
        }
        return buffer[position++] & 0xff;
    }

    private boolean atEnd() throws IOException {
        return position == limit && !refill();
    }

    private boolean refill() throws IOException {
        position = 0;
        limit = Math.max(0, compressed.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
