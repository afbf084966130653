// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;

/** One writer with Flink's mailbox and a clock that the test turns. */
public final class DeliveryRig<I, T> implements DeliveryMetrics, SpillMetrics, AutoCloseable {
    /** Whoever goes on from state does so an hour later. */
    private static final long LATER_MILLIS = 3_600_000;

    public int delivered;
    public int stale;
    public int retried;
    public int refused;
    public int spilled;
    public int drained;
    public int heldUp;

    private final MailboxExecutor mailbox =
            new MailboxExecutorImpl(new TaskMailboxImpl(), 0, StreamTaskActionExecutor.IMMEDIATE);
    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final BatchWriter<I, T> writer;

    public DeliveryRig(DeliverySink<I, T> sink, Collection<T> restored) throws Exception {
        this(sink, 10_000, Optional.empty(), restored);
    }

    /**
     * @param most in state
     */
    public DeliveryRig(
            DeliverySink<I, T> sink, int most, Optional<SpillStore> place, Collection<T> restored)
            throws Exception {
        this(sink, most, place, restored, new TaskInfoImpl("sink", 128, 0, 1, 0));
    }

    /** Of one of several subtasks. */
    DeliveryRig(
            DeliverySink<I, T> sink,
            int most,
            Optional<SpillStore> place,
            Collection<T> restored,
            TaskInfo task)
            throws Exception {
        time.setCurrentTime(restored.isEmpty() ? 0 : LATER_MILLIS);
        writer =
                new BatchWriter<>(
                        sink,
                        new WaitingRoom.Bounds(most, Long.MAX_VALUE),
                        place.map(store -> new WaitingRoom.Aside(store, "sink", task)),
                        mailbox,
                        time,
                        this,
                        this);
        writer.restore(restored);
    }

    @SafeVarargs
    public final void write(I... elements) throws Exception {
        for (I element : elements) {
            writer.write(element, new Untimed());
        }
    }

    /** Until nothing waits. */
    public void drain() throws Exception {
        while (!writer.room().isEmpty()) {
            step();
        }
    }

    /** Until all that was laid aside is safe outside. */
    public void settlePuts() throws Exception {
        while (writer.snapshotState(0).size() > writer.room().size()) {
            step();
        }
    }

    /** An answer, or a second if none is awaited. */
    public void step() throws Exception {
        if (writer.isUnderWay()) {
            mailbox.yield();
        } else {
            time.advance(1_000);
        }
    }

    /** One answer, if one has come. */
    public void stepIfAny() {
        mailbox.tryYield();
    }

    /** What the writer says of a checkpoint. */
    public List<T> checkpoint() throws Exception {
        writer.flush(false);
        return List.copyOf(writer.snapshotState(1));
    }

    /** Whether an element would be taken at once. */
    public boolean hasRoomFor(T thing) {
        return writer.room().roomFor(thing) != WaitingRoom.Room.NONE;
    }

    public int waiting() {
        return writer.room().size();
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }

    @Override
    public void delivered() {
        delivered++;
    }

    @Override
    public void stale() {
        stale++;
    }

    @Override
    public void retried() {
        retried++;
    }

    @Override
    public void refused() {
        refused++;
    }

    @Override
    public void spilled() {
        spilled++;
    }

    @Override
    public void drained() {
        drained++;
    }

    @Override
    public void failed() {}

    @Override
    public void heldUp() {
        heldUp++;
    }

    /** Elements without a time. */
    private static final class Untimed implements SinkWriter.Context {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public Long timestamp() {
            return null;
        }
    }
}
