// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decompresses zstd (RFC 8878) of one or more frames, skippable ones too.
 *
 * <p>Unlike the stream that comes with the library it reports a later frame that is cut short. All
 * that can be decompressed is returned before a {@link DamagedStreamException}. Memory is the
 * frame's window, off the heap, at most 128 MiB: a frame that asks for more counts as damaged.
 */
final class ZstdFrames extends InputStream {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final InputStream compressed;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] transfer = new byte[BUFFER_BYTES];
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private boolean outputWasFilled;
    private boolean betweenFrames = true;

    ZstdFrames(InputStream compressed) {
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
        while (!output.hasRemaining()) {
            if (!input.hasRemaining() && !outputWasFilled && !refill()) {
                return -1;
            }
            decompress();
        }
        int count = Math.min(length, output.remaining());
        output.get(target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        context.close();
        compressed.close();
    }

    private void decompress() throws DamagedStreamException {
        output.clear();
        try {
            betweenFrames = context.decompressDirectByteBufferStream(output, input);
        } catch (ZstdException e) {
            output.limit(0);
            throw new DamagedStreamException("zstd: " + e.getMessage(), e);
        }
        outputWasFilled = !output.hasRemaining() && !betweenFrames;
        output.flip();
    }

    private boolean refill() throws IOException {
        int read = compressed.read(transfer, 0, transfer.length);
        if (read < 0 && !betweenFrames) {
            throw new DamagedStreamException("zstd: the file ends within a frame");
        }
        input.clear().put(transfer, 0, Math.max(0, read)).flip();
        return read > 0;
    }
}
