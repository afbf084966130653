// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.model.communication.OutboundMessage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer of an {@link OutboxSink}: batches go to {@link OutboxLanes}. */
final class OutboxWriter extends AsyncSinkWriter<OutboundMessage, OutboxEntry> {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWriter.class);

    /** Short of what makes the buffer wait. */
    private static final int MOST_UNDELIVERED = OutboxSink.MAX_BUFFERED / 2;

    private static final long REQUEST_TIMEOUT_MILLIS = 60_000;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final ChannelClient client;
    private final SentLedger ledger;
    private final RejectedMessages rejected;
    private final OutboxLanes lanes;
    private final AtomicInteger undelivered = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();

    OutboxWriter(
            ElementConverter<OutboundMessage, OutboxEntry> converter,
            WriterInitContext context,
            ChannelClient client,
            SentLedger ledger,
            RejectedMessages rejected,
            Collection<BufferedRequestState<OutboxEntry>> states) {
        super(converter, context, configuration(), states);
        this.client = client;
        this.ledger = ledger;
        this.rejected = rejected;
        this.lanes = new OutboxLanes(client, ledger, rejected, NanoClock.system());
        context.metricGroup().gauge("messages_undelivered", undelivered::get);
        context.metricGroup().gauge("messages_lost", lost::get);
        states.forEach(s -> undelivered.addAndGet(s.getBufferedRequestEntries().size()));
    }

    @Override
    public void write(OutboundMessage message, SinkWriter.Context context)
            throws IOException, InterruptedException {
        if (undelivered.get() >= MOST_UNDELIVERED) {
            rejected.rejected(message, "too much waits already").exceptionally(this::lost);
            return;
        }
        undelivered.incrementAndGet();
        super.write(message, context);
    }

    /** There is no room to try it again. */
    private Void lost(Throwable failure) {
        lost.incrementAndGet();
        LOG.error("Lost, for it is no dead letter either", failure);
        return null;
    }

    @Override
    protected void submitRequestEntries(
            List<OutboxEntry> batch, ResultHandler<OutboxEntry> results) {
        lanes.deliver(batch).whenComplete((left, failure) -> done(batch, left, failure, results));
    }

    private void done(
            List<OutboxEntry> batch,
            List<OutboxEntry> left,
            Throwable failure,
            ResultHandler<OutboxEntry> results) {
        if (failure != null) {
            results.completeExceptionally(
                    new IllegalStateException("Messages are delivered or come back", failure));
            return;
        }
        undelivered.addAndGet(left.size() - batch.size());
        if (left.isEmpty()) {
            results.complete();
        } else {
            // Receivers that rest would else be asked about as fast as the processor can.
            CompletableFuture.delayedExecutor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> results.retryForEntries(left));
        }
    }

    @Override
    protected long getSizeInBytes(OutboxEntry entry) {
        return entry.bytes().length;
    }

    @Override
    public void close() {
        super.close();
        client.close();
        ledger.close();
        rejected.close();
    }

    private static AsyncSinkWriterConfiguration configuration() {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(OutboxSink.MAX_BATCH)
                .setMaxBatchSizeInBytes(OutboxSink.MAX_BYTES)
                .setMaxInFlightRequests(OutboxSink.MAX_IN_FLIGHT)
                .setMaxBufferedRequests(OutboxSink.MAX_BUFFERED)
                .setMaxTimeInBufferMS(OutboxSink.MAX_TIME_IN_BUFFER_MILLIS)
                .setMaxRecordSizeInBytes(OutboxSink.MAX_BYTES)
                .setRequestTimeoutMS(REQUEST_TIMEOUT_MILLIS)
                .setFailOnTimeout(false)
                .setRateLimitingStrategy(new SomeInFlight())
                .build();
    }

    /** A bound of the batches in the air; the strategies that come with Flink slow all for one. */
    private static final class SomeInFlight implements RateLimitingStrategy {
        private int inFlight;

        @Override
        public void registerInFlightRequest(RequestInfo request) {
            inFlight++;
        }

        @Override
        public void registerCompletedRequest(ResultInfo result) {
            inFlight--;
        }

        @Override
        public boolean shouldBlock(RequestInfo request) {
            return inFlight >= OutboxSink.MAX_IN_FLIGHT;
        }

        @Override
        public int getMaxBatchSize() {
            return OutboxSink.MAX_BATCH;
        }
    }
}
