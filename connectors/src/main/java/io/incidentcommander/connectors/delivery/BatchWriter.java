// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.connectors.delivery.WaitingRoom.Room;
import io.incidentcommander.connectors.resilience.RetryDelay;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers in batches, at least once, in order within a lane. What is not confirmed is the writer's
 * state, or in its {@link WaitingRoom}'s place outside: a checkpoint loses nothing and waits for
 * nothing; only the end of input waits. The one retry layer between here and the receiver is this
 * one. Everything but the receiver's answers runs in the task thread.
 */
final class BatchWriter<I, T> implements StatefulSinkWriter<I, T> {
    static final WaitingRoom.Bounds BOUNDS = new WaitingRoom.Bounds(10_000, 64L << 20);

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final long PLACES_PER_MILLI = 1_000;

    private final String name;
    private final Packing<I, T> packing;
    private final Waiting<T> waiting;
    private final Courier<T> courier;
    private final Refusals<T> refusals;
    private final RetryDelay backoff;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final DeliveryMetrics metrics;
    private final WaitingRoom<T> room;
    private long lastPlace;
    private int batchLimit;
    private int underWay;
    private int failures;
    private boolean resting;
    private boolean closed;

    BatchWriter(
            DeliverySink<I, T> sink,
            WaitingRoom.Bounds bounds,
            Optional<WaitingRoom.Aside> aside,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            DeliveryMetrics metrics,
            SpillMetrics spillMetrics) {
        this.name = sink.name();
        this.packing = sink.packing();
        this.waiting = sink.waiting();
        this.refusals = sink.refusals();
        this.backoff = sink.backoff();
        this.courier = sink.open();
        this.mailbox = mailbox;
        this.time = time;
        this.metrics = metrics;
        this.batchLimit = courier.mostThings();
        this.room =
                new WaitingRoom<>(
                        waiting,
                        bounds,
                        aside,
                        WaitingRoom.WhileUnknown.WAITS,
                        mailbox,
                        time,
                        spillMetrics,
                        this::dispatch);
    }

    /** Takes over what earlier writers had not delivered. */
    BatchWriter<I, T> restore(Collection<T> undelivered) {
        for (T thing : undelivered) {
            lastPlace = Math.max(lastPlace, waiting.place(thing));
        }
        room.restore(undelivered);
        dispatch();
        return this;
    }

    @Override
    public void write(I element, Context context) throws IOException, InterruptedException {
        T thing = packing.pack(element, timeOf(context), nextPlace());
        while (room.roomFor(thing) == Room.NONE) {
            room.holdUp();
            mailbox.yield();
        }
        room.add(thing);
        dispatch();
    }

    private static OptionalLong timeOf(Context context) {
        Long stamp = context.timestamp();
        return stamp == null || stamp < 0 ? OptionalLong.empty() : OptionalLong.of(stamp);
    }

    /** Beyond those of earlier runs, which had less of the clock. */
    private long nextPlace() {
        long now = time.getCurrentProcessingTime() * PLACES_PER_MILLI;
        lastPlace = Math.max(lastPlace + 1, now);
        return lastPlace;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        while (endOfInput && !room.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public List<T> snapshotState(long checkpointId) {
        return room.snapshot();
    }

    @Override
    public void close() throws Exception {
        closed = true;
        courier.close();
        room.close();
    }

    WaitingRoom<T> room() {
        return room;
    }

    /** Whether there is an answer to wait for. */
    boolean isUnderWay() {
        return underWay > 0 || room.outstanding() > 0;
    }

    private void dispatch() {
        while (!closed && !resting && underWay < courier.mostUnderWay()) {
            List<T> batch =
                    room.takeBatch(
                            batchLimit, courier.mostBytes(), time.getCurrentProcessingTime());
            if (batch.isEmpty()) {
                return;
            }
            underWay++;
            CompletableFuture.completedFuture(batch)
                    .thenCompose(courier::send)
                    .whenComplete(
                            (receipts, failure) ->
                                    mailbox.execute(
                                            () -> answered(batch, receipts, failure),
                                            "answer to a delivery"));
        }
    }

    private void answered(List<T> batch, List<Receipt> receipts, Throwable failure)
            throws IOException {
        underWay--;
        if (closed) {
            return;
        }
        List<Receipt> all =
                failure == null
                        ? receipts
                        : Collections.nCopies(batch.size(), courier.receiptOf(failure));
        boolean refusedAsOne =
                failure != null && batch.size() > 1 && all.get(0).kind() == Receipt.Kind.REFUSED;
        if (refusedAsOne) {
            batch.forEach(room::putBack);
            batchLimit = Math.max(1, batch.size() / 2);
        } else {
            batchLimit = courier.mostThings();
            settle(batch, all);
        }
        dispatch();
    }

    private void settle(List<T> batch, List<Receipt> receipts) throws IOException {
        Optional<Receipt> again = Optional.empty();
        for (int i = 0; i < batch.size(); i++) {
            Receipt receipt = receipts.get(i);
            settle(batch.get(i), receipt);
            if (receipt.kind() == Receipt.Kind.RETRY) {
                again = Optional.of(receipt);
            }
        }
        if (again.isPresent()) {
            rest(again.get());
        } else {
            failures = 0;
        }
    }

    private void settle(T thing, Receipt receipt) throws IOException {
        switch (receipt.kind()) {
            case TAKEN:
                metrics.delivered();
                room.settled(thing);
                break;
            case STALE:
                metrics.stale();
                room.settled(thing);
                break;
            case RETRY:
                metrics.retried();
                room.putBack(thing);
                break;
            case REFUSED:
                metrics.refused();
                refusals.refused(thing, receipt.detail());
                room.settled(thing);
                break;
            case BROKEN:
                throw new IOException(
                        name
                                + " cannot be written ("
                                + receipt.detail()
                                + "). Mend address, region or permissions; what was not delivered"
                                + " is in the last checkpoint.");
        }
    }

    private void rest(Receipt receipt) {
        if (resting) {
            return;
        }
        failures++;
        LOG.warn("{}, try {}: {}; waiting: {}", name, failures, receipt.detail(), room.size());
        resting = true;
        time.registerTimer(
                time.getCurrentProcessingTime() + backoff.millisAfter(failures, name.hashCode()),
                now -> {
                    resting = false;
                    dispatch();
                });
    }
}
