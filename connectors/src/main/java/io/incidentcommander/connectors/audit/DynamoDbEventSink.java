// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import java.util.Collection;
import java.util.Collections;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Appends incident events to a DynamoDB table: effectively once, in order per incident. Delivery is
 * at least once; ids and hashes are deterministic and every write is conditional, so a redelivery
 * changes nothing, and an event that contradicts a stored one is rejected, never written over it.
 *
 * <p>The input must be keyed by incident, so that one writer sees an incident's events in order.
 */
public final class DynamoDbEventSink
        implements Sink<IncidentEvent>, SupportsWriterState<IncidentEvent, IncidentEvent> {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final DynamoDbClientProvider clients;
    private final EventSinkOptions options;
    private final RejectedEvents rejectedEvents;

    /**
     * @param table laid out as {@link EventTable} creates it
     * @param rejectedEvents what becomes of events that the store will never take
     */
    public DynamoDbEventSink(
            String table,
            DynamoDbClientProvider clients,
            EventSinkOptions options,
            RejectedEvents rejectedEvents) {
        this.table = table;
        this.clients = clients;
        this.options = options;
        this.rejectedEvents = rejectedEvents;
    }

    @Override
    public StatefulSinkWriter<IncidentEvent, IncidentEvent> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, Collections.emptyList());
    }

    @Override
    public StatefulSinkWriter<IncidentEvent, IncidentEvent> restoreWriter(
            WriterInitContext context, Collection<IncidentEvent> unwritten) {
        DynamoDbAsyncClient client = clients.create();
        return new EventAppendWriter(
                        options,
                        new DynamoDbEventStore(client, table)::append,
                        client,
                        context.getMailboxExecutor(),
                        context.getProcessingTimeService(),
                        pending -> AppendMetrics.in(context.metricGroup(), pending::size),
                        rejectedEvents)
                .restore(unwritten);
    }

    @Override
    public SimpleVersionedSerializer<IncidentEvent> getWriterStateSerializer() {
        return new IncidentEventStateSerializer();
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<IncidentEvent, IncidentEvent> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }
}
