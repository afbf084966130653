// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.local;

import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands each element to a function in this process: for local clusters. */
public final class CallbackSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final Callback<T> callback;

    public CallbackSink(Callback<T> callback) {
        this.callback = callback;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new Writer();
    }

    @Override
    @Deprecated
    public SinkWriter<T> createWriter(InitContext context) {
        return new Writer();
    }

    /** What is done with an element. */
    @FunctionalInterface
    public interface Callback<T> extends Serializable {
        void accept(T element);
    }

    private final class Writer implements SinkWriter<T> {
        @Override
        public void write(T element, Context context) {
            callback.accept(element);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
