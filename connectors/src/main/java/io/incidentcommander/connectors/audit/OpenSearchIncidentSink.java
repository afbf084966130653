// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.resilience.RetryDelay;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Keeps the current state of every incident as a document for search and dashboards: effectively
 * once, since documents are set by incident id under the sequence as external version. Of several
 * states that wait only the newest is sent. No answer of the index fails the job.
 *
 * <p>Our own writer on the vendor's client, because the Flink connector fails the job at a mapping
 * conflict, brings an older client, and sends every state where the newest will do.
 */
public final class OpenSearchIncidentSink
        implements Sink<Incident>, SupportsWriterState<Incident, Incident> {
    private static final long serialVersionUID = 1L;

    private final String alias;
    private final OpenSearchTransportProvider transports;
    private final RejectedIncidents rejectedIncidents;

    /**
     * @param alias an alias with one write index, mapped as {@link IncidentIndex} creates it
     * @param rejectedIncidents what becomes of documents that the index will never take
     */
    public OpenSearchIncidentSink(
            String alias,
            OpenSearchTransportProvider transports,
            RejectedIncidents rejectedIncidents) {
        this.alias = alias;
        this.transports = transports;
        this.rejectedIncidents = rejectedIncidents;
    }

    @Override
    public StatefulSinkWriter<Incident, Incident> createWriter(WriterInitContext context) {
        return restoreWriter(context, Collections.emptyList());
    }

    @Override
    public StatefulSinkWriter<Incident, Incident> restoreWriter(
            WriterInitContext context, Collection<Incident> unindexed) {
        return new IncidentIndexWriter(
                        new IncidentBulk(transports.create(), alias),
                        context.getMailboxExecutor(),
                        context.getProcessingTimeService(),
                        IndexMetrics.in(context.metricGroup()),
                        rejectedIncidents,
                        RetryDelay.of(
                                RetryDelay.Growth.EXPONENTIAL,
                                Duration.ofMillis(100),
                                Duration.ofMillis(5_000)))
                .restore(unindexed);
    }

    @Override
    public SimpleVersionedSerializer<Incident> getWriterStateSerializer() {
        return new StateSerializer();
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<Incident, Incident> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }

    /** Unindexed incidents, by their codec, which has versions of its own. */
    static final class StateSerializer implements SimpleVersionedSerializer<Incident> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(Incident incident) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(512);
            new Incident.IncidentCodec().write(incident, out);
            return out.getCopyOfBuffer();
        }

        @Override
        public Incident deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("State of version " + version + "; this release reads 1");
            }
            return new Incident.IncidentCodec().read(new DataInputDeserializer(bytes));
        }
    }
}
