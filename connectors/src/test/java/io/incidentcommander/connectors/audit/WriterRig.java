// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.SpillMetrics;
import io.incidentcommander.connectors.delivery.SpillStore;
import io.incidentcommander.connectors.delivery.WaitingRoom;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** One writer with Flink's mailbox and a clock that the test turns. */
final class WriterRig implements AppendMetrics, SpillMetrics {
    private static final SinkWriter.Context CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return 0L;
                }
            };

    final List<EventRejection> rejections = new ArrayList<>();
    final Map<EventRejection.Reason, Integer> rejectedByReason =
            new EnumMap<>(EventRejection.Reason.class);
    int appended;
    int redelivered;
    int retried;
    int spilled;
    int drained;
    int spillFailures;
    int heldUp;

    private final MailboxExecutor mailbox =
            new MailboxExecutorImpl(new TaskMailboxImpl(), 0, StreamTaskActionExecutor.IMMEDIATE);
    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final EventAppendWriter writer;

    WriterRig(DynamoDbAsyncClient client, EventSinkOptions options) throws Exception {
        this(client, options, List.of());
    }

    WriterRig(
            DynamoDbAsyncClient client,
            EventSinkOptions options,
            Collection<IncidentEvent> restored)
            throws Exception {
        this(client, options, restored, Optional.empty());
    }

    WriterRig(
            DynamoDbAsyncClient client,
            EventSinkOptions options,
            Collection<IncidentEvent> restored,
            Optional<SpillStore> spill)
            throws Exception {
        time.setCurrentTime(0);
        writer =
                new EventAppendWriter(
                        options,
                        new DynamoDbEventStore(client, LocalDynamoDb.TABLE)::append,
                        client,
                        mailbox,
                        time,
                        this,
                        this,
                        rejections::add,
                        spill.map(
                                place ->
                                        new WaitingRoom.Aside(
                                                place,
                                                "events",
                                                new TaskInfoImpl("events", 128, 0, 1, 0))));
        writer.restore(restored);
    }

    EventAppendWriter writer() {
        return writer;
    }

    WriterRig write(Collection<IncidentEvent> events) throws Exception {
        for (IncidentEvent event : events) {
            writer.write(event, CONTEXT);
        }
        return this;
    }

    /** As the clock goes on while the writer holds up whoever writes. */
    WriterRig writeInTime(IncidentEvent event) throws Exception {
        while (writer.room().roomFor(event) == WaitingRoom.Room.NONE) {
            step();
        }
        writer.write(event, CONTEXT);
        return this;
    }

    /** Until nothing is pending: answers as they come, time only when nothing is under way. */
    WriterRig drain() throws Exception {
        while (!writer.isDone()) {
            step();
        }
        return this;
    }

    void step() throws Exception {
        if (writer.inFlight() > 0) {
            mailbox.yield();
        } else {
            time.advance(1_000);
        }
    }

    /** One answer, if one has come. */
    void stepIfAny() {
        mailbox.tryYield();
    }

    @Override
    public void appended() {
        appended++;
    }

    @Override
    public void redelivered() {
        redelivered++;
    }

    @Override
    public void retried() {
        retried++;
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
    public void failed() {
        spillFailures++;
    }

    @Override
    public void heldUp() {
        heldUp++;
    }

    @Override
    public void rejected(EventRejection.Reason reason) {
        rejectedByReason.merge(reason, 1, Integer::sum);
    }
}
