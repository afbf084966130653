// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.jobs.cli.CommandFailedException;
import io.incidentcommander.jobs.live.EmbeddedChild;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** An embedded server that the records of a load run pass through. Closing ends the server. */
abstract class LoadBroker implements AutoCloseable {
    private final EmbeddedChild child;

    LoadBroker(EmbeddedChild child) {
        this.child = child;
    }

    /**
     * Starts the server and makes the topic or stream.
     *
     * @param rate records per second that will be published
     * @param directory for its data and logs
     * @throws CommandFailedException if it cannot be had; says why and what to do
     */
    static LoadBroker start(
            LoadTransport transport, long rate, Path directory, Consumer<String> progress)
            throws Exception {
        EmbeddedChild child = EmbeddedChild.start(directory, transport.word(), progress);
        try {
            return transport == LoadTransport.KAFKA
                    ? KafkaLoadBroker.on(child)
                    : KinesisLoadBroker.on(child, rate);
        } catch (Exception e) {
            child.close();
            throw e;
        }
    }

    /** Name of the source operator, also its source id. */
    abstract String source();

    /** The source operator's counter of records. */
    abstract String counter();

    /** All that was published, from the first record on. */
    abstract DataStream<RawRecord> read(StreamExecutionEnvironment env);

    abstract Sink<RawRecord> sink();

    @Override
    public void close() throws Exception {
        child.close();
    }
}
