// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands everything to an {@link Observation} at once, so a restart delivers again. */
final class ObservingSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final int observation;

    ObservingSink(int observation) {
        this.observation = observation;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context written) {
                Observation.of(observation).accept(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }

    @Override
    @Deprecated
    public SinkWriter<T> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }
}
