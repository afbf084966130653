// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * Plain, gzip or zstd, by the first bytes and whatever the name says. Streaming: memory is bounded
 * whatever the content expands to (zstd: its window, 128 MiB off the heap at most, 8 MiB for
 * ordinary levels).
 */
final class Decompression {
    private static final int MAGIC_BYTES = 4;

    private Decompression() {}

    /**
     * The content. Reading it throws {@link DamagedStreamException} where the compressed data is
     * corrupt or ends early, after all that could be read. Owns and closes {@code raw}.
     */
    static InputStream of(InputStream raw) throws IOException {
        PushbackInputStream input = new PushbackInputStream(raw, MAGIC_BYTES);
        byte[] magic = new byte[MAGIC_BYTES];
        int length = input.readNBytes(magic, 0, MAGIC_BYTES);
        input.unread(magic, 0, length);
        if (isGzip(magic)) {
            return new GzipMembers(input);
        }
        return isZstd(magic) ? new ZstdFrames(input) : input;
    }

    private static boolean isGzip(byte[] magic) {
        return (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
    }

    /** A frame of data, or a skippable frame, which may come first. */
    private static boolean isZstd(byte[] magic) {
        boolean data =
                (magic[0] & 0xff) == 0x28
                        && (magic[1] & 0xff) == 0xb5
                        && magic[2] == 0x2f
                        && (magic[3] & 0xff) == 0xfd;
        boolean skippable =
                (magic[0] & 0xf0) == 0x50
                        && magic[1] == 0x2a
                        && magic[2] == 0x4d
                        && magic[3] == 0x18;
        return data || skippable;
    }
}
