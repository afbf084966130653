// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A value of a codec as the bytes of one message. */
final class CodecBytes {
    private static final int FIRST_GUESS = 256;

    private CodecBytes() {}

    static <T> byte[] write(Codec<T> codec, T value) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(FIRST_GUESS);
            codec.write(value, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory takes every value", e);
        }
    }

    static <T> T read(Codec<T> codec, byte[] bytes) throws IOException {
        try {
            return codec.read(new DataInputDeserializer(bytes));
        } catch (RuntimeException e) {
            throw new IOException("Not a " + codec.type().getSimpleName() + ": " + e, e);
        }
    }
}
