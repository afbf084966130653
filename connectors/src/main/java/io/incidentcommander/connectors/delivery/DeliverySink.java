// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.connectors.resilience.RetryDelay;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * Results out, at least once, those of one lane in order. While the receiver is away 10,000 results
 * or 64 MiB a writer wait in state, the worst first; past that in the place of {@link #withSpill},
 * and where there is none the input is held up.
 */
public final class DeliverySink<I, T> implements Sink<I>, SupportsWriterState<I, T> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Packing<I, T> packing;
    private final Waiting<T> waiting;
    private final Courier.Provider<T> couriers;
    private final Refusals<T> refusals;
    private final RetryDelay backoff =
            RetryDelay.of(
                    RetryDelay.Growth.EXPONENTIAL, Duration.ofMillis(100), Duration.ofSeconds(5));

    /** Null: none; an Optional does not travel. */
    private final SpillPlace spill;

    /**
     * @param name of no other sink of the job: a part of paths
     */
    public DeliverySink(
            String name,
            Packing<I, T> packing,
            Waiting<T> waiting,
            Courier.Provider<T> couriers,
            Refusals<T> refusals) {
        this(name, packing, waiting, couriers, refusals, null);
    }

    private DeliverySink(
            String name,
            Packing<I, T> packing,
            Waiting<T> waiting,
            Courier.Provider<T> couriers,
            Refusals<T> refusals,
            SpillPlace spill) {
        this.name = name;
        this.packing = packing;
        this.waiting = waiting;
        this.couriers = couriers;
        this.refusals = refusals;
        this.spill = spill;
    }

    /** This sink, with a place for what does not fit into state. */
    public DeliverySink<I, T> withSpill(SpillPlace place) {
        return new DeliverySink<>(name, packing, waiting, couriers, refusals, place);
    }

    String name() {
        return name;
    }

    Packing<I, T> packing() {
        return packing;
    }

    Waiting<T> waiting() {
        return waiting;
    }

    Refusals<T> refusals() {
        return refusals;
    }

    Courier<T> open() {
        return couriers.open();
    }

    RetryDelay backoff() {
        return backoff;
    }

    @Override
    public StatefulSinkWriter<I, T> createWriter(WriterInitContext context) {
        return restoreWriter(context, Collections.emptyList());
    }

    @Override
    public StatefulSinkWriter<I, T> restoreWriter(
            WriterInitContext context, Collection<T> undelivered) {
        SinkWriterMetricGroup group = context.metricGroup();
        BatchWriter<I, T> writer =
                new BatchWriter<>(
                        this,
                        BatchWriter.BOUNDS,
                        Optional.ofNullable(spill)
                                .map(
                                        place ->
                                                new WaitingRoom.Aside(
                                                        place.open(), name, context.getTaskInfo())),
                        context.getMailboxExecutor(),
                        context.getProcessingTimeService(),
                        DeliveryMetrics.in(group),
                        SpillMetrics.in(group));
        writer.room().register(group);
        return writer.restore(undelivered);
    }

    @Override
    public SimpleVersionedSerializer<T> getWriterStateSerializer() {
        return waiting;
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<I, T> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }
}
