// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.SpillMetrics;
import io.incidentcommander.connectors.delivery.SpillPlace;
import io.incidentcommander.connectors.delivery.WaitingRoom;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Appends incident events to a DynamoDB table: effectively once, in order per incident. Delivery is
 * at least once; ids and hashes are deterministic and every write is conditional, so a redelivery
 * changes nothing, and an event that contradicts a stored one is rejected, never written over it.
 *
 * <p>With each completed checkpoint it anchors how far the chains had come that went on since the
 * one before, so that a tail cut off together with its head is found.
 *
 * <p>The input must be keyed by incident, so that one writer sees an incident's events in order.
 */
public final class DynamoDbEventSink
        implements Sink<IncidentEvent>,
                SupportsWriterState<IncidentEvent, IncidentEvent>,
                SupportsCommitter<ChainAnchor> {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final String anchorTable;
    private final DynamoDbClientProvider clients;
    private final EventSinkOptions options;
    private final RejectedEvents rejectedEvents;

    /** Null: none; an Optional does not travel. */
    private final SpillPlace spill;

    /**
     * @param table laid out as {@link EventTable} creates it
     * @param rejectedEvents what becomes of events that the store will never take
     */
    public DynamoDbEventSink(
            String table,
            DynamoDbClientProvider clients,
            EventSinkOptions options,
            RejectedEvents rejectedEvents) {
        this(table, table, clients, options, rejectedEvents, null);
    }

    private DynamoDbEventSink(
            String table,
            String anchorTable,
            DynamoDbClientProvider clients,
            EventSinkOptions options,
            RejectedEvents rejectedEvents,
            SpillPlace spill) {
        this.table = table;
        this.anchorTable = anchorTable;
        this.spill = spill;
        this.clients = clients;
        this.options = options;
        this.rejectedEvents = rejectedEvents;
    }

    /**
     * This sink, keeping anchors in a table of their own.
     *
     * @param anchors laid out as the event table
     */
    public DynamoDbEventSink withAnchorsIn(String anchors) {
        return new DynamoDbEventSink(table, anchors, clients, options, rejectedEvents, spill);
    }

    /** This sink, with a place for what does not fit into state while the store is away. */
    public DynamoDbEventSink withSpill(SpillPlace place) {
        return new DynamoDbEventSink(table, anchorTable, clients, options, rejectedEvents, place);
    }

    @Override
    public Committer<ChainAnchor> createCommitter(CommitterInitContext context) {
        DynamoDbAsyncClient client = clients.create();
        return new AnchorCommitter(
                new AnchorStore(client, anchorTable)::keep,
                client,
                AnchorMetrics.in(context.metricGroup()));
    }

    @Override
    public SimpleVersionedSerializer<ChainAnchor> getCommittableSerializer() {
        return new ChainAnchor.Serializer();
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
        SinkWriterMetricGroup group = context.metricGroup();
        EventAppendWriter writer =
                new EventAppendWriter(
                        options,
                        new DynamoDbEventStore(client, table)::append,
                        client,
                        context.getMailboxExecutor(),
                        context.getProcessingTimeService(),
                        AppendMetrics.in(group),
                        SpillMetrics.in(group),
                        rejectedEvents,
                        Optional.ofNullable(spill)
                                .map(
                                        place ->
                                                new WaitingRoom.Aside(
                                                        place.open(),
                                                        table,
                                                        context.getTaskInfo())));
        writer.room().register(group);
        return writer.restore(unwritten);
    }

    @Override
    public SimpleVersionedSerializer<IncidentEvent> getWriterStateSerializer() {
        return new WaitingEvents();
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<IncidentEvent, IncidentEvent> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }
}
