// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A codec whose binary form is a version byte and then canonical bytes with their length: what is
 * hashed or signed and what is stored are laid out once. Subclasses raise the version when they
 * append a field.
 */
abstract class CanonicalCodec<T> implements Codec<T> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    abstract void encode(T value, CanonicalWriter out);

    abstract T decode(CanonicalReader in) throws IOException;

    @Override
    public final void write(T value, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        CanonicalWriter bytes = new CanonicalWriter();
        encode(value, bytes);
        Wire.writeBytes(bytes.toByteArray(), out);
    }

    @Override
    public final T read(DataInputView in) throws IOException {
        Wire.readVersion(in, VERSION, type());
        CanonicalReader bytes = new CanonicalReader(Wire.readBytes(in));
        try {
            T value = decode(bytes);
            bytes.end();
            return value;
        } catch (IllegalArgumentException e) {
            throw new IOException(type().getSimpleName() + " holds an impossible value", e);
        }
    }
}
