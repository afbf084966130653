// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a topic that agents and others write to. One that cannot be read is logged and left.
 *
 * @param <T> what they say
 */
final class MessageSchema<T> implements DeserializationSchema<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(MessageSchema.class);

    private final Class<T> type;
    private final Reader<T> reader;

    MessageSchema(Class<T> type, Reader<T> reader) {
        this.type = type;
        this.reader = reader;
    }

    @Override
    public T deserialize(byte[] message) throws IOException {
        return reader.read(message);
    }

    @Override
    public void deserialize(byte[] message, Collector<T> out) {
        if (message == null) {
            return; // what a compacted topic has in the place of something deleted
        }
        T said;
        try {
            said = deserialize(message);
        } catch (IOException e) {
            LOG.warn("Not a {}: {}", type.getSimpleName(), e.getMessage());
            return;
        }
        out.collect(said);
    }

    @Override
    public boolean isEndOfStream(T next) {
        return false;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return TypeInformation.of(type);
    }

    /** Reads one message. */
    @FunctionalInterface
    interface Reader<T> extends Serializable {
        /**
         * @throws IOException if the bytes are no such message
         */
        T read(byte[] message) throws IOException;
    }
}
