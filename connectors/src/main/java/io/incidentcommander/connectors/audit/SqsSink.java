// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Results as messages of an SQS queue, at least once, in any order. What the queue has not taken is
 * the sink's state, up to {@value #MAX_BUFFERED} messages; past that it blocks.
 */
public final class SqsSink<T> extends AsyncSinkBase<T, String> {
    /** The service's own limits: messages of a request, and bytes of one and of all of them. */
    static final int MAX_BATCH = 10;

    static final long MAX_BYTES = 256 << 10;
    static final int MAX_IN_FLIGHT = 8;
    static final int MAX_BUFFERED = 10_000;
    static final long MAX_TIME_IN_BUFFER_MILLIS = 500;
    private static final long serialVersionUID = 1L;

    private final SqsQueue queue;

    /**
     * @param text of a message
     */
    public SqsSink(SqsQueue queue, Text<T> text) {
        super(
                new Messages<>(text),
                MAX_BATCH,
                MAX_IN_FLIGHT,
                MAX_BUFFERED,
                MAX_BYTES,
                MAX_TIME_IN_BUFFER_MILLIS,
                MAX_BYTES);
        this.queue = queue;
    }

    /** An element as text that travels. */
    @FunctionalInterface
    public interface Text<T> extends Function<T, String>, Serializable {}

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<String>> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, Collections.emptyList());
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<String>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<String>> unsent) {
        return new SqsWriter<>(getElementConverter(), context, queue, unsent);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<String>> getWriterStateSerializer() {
        return new Unsent();
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<T, BufferedRequestState<String>> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<T, BufferedRequestState<String>> restoreWriter(
            InitContext context, Collection<BufferedRequestState<String>> unsent) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }

    /** Elements as messages. */
    private static final class Messages<T> implements ElementConverter<T, String> {
        private static final long serialVersionUID = 1L;

        private final Text<T> text;

        Messages(Text<T> text) {
            this.text = text;
        }

        @Override
        public String apply(T element, SinkWriter.Context context) {
            return text.apply(element);
        }
    }

    /** Binary form of the state, version 1. */
    static final class Unsent extends AsyncSinkWriterStateSerializer<String> {
        @Override
        protected void serializeRequestToStream(String message, DataOutputStream out)
                throws IOException {
            out.write(message.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected String deserializeRequestFromStream(long size, DataInputStream in)
                throws IOException {
            return new String(in.readNBytes(Math.toIntExact(size)), StandardCharsets.UTF_8);
        }

        @Override
        public int getVersion() {
            return 1;
        }
    }
}
