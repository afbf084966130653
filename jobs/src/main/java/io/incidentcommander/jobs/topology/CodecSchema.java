// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values in their binary form as messages of a topic. A message that is none is logged and left.
 *
 * @param <T> of the values
 */
final class CodecSchema<T> implements DeserializationSchema<T>, SerializationSchema<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CodecSchema.class);

    private final Codec<T> codec;

    CodecSchema(Codec<T> codec) {
        this.codec = codec;
    }

    @Override
    public byte[] serialize(T value) {
        DataOutputSerializer out = new DataOutputSerializer(512);
        try {
            codec.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public T deserialize(byte[] message) throws IOException {
        return codec.read(new DataInputDeserializer(message));
    }

    @Override
    public void deserialize(byte[] message, Collector<T> out) {
        try {
            out.collect(deserialize(message));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Not a {}: {}", codec.type().getSimpleName(), e.getMessage());
        }
    }

    @Override
    public boolean isEndOfStream(T next) {
        return false;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return CodecTypeInfo.of(codec);
    }
}
