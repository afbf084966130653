// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.SpillMetrics;
import io.incidentcommander.connectors.delivery.WaitingRoom;
import io.incidentcommander.connectors.delivery.WaitingRoom.Room;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends events in order per incident and side by side across incidents. What the store has not
 * confirmed is the writer's state, so a checkpoint waits for nothing and an outage loses nothing;
 * when the state is full, events are laid aside outside, or, where there is no such place, {@link
 * #write} blocks. Only the end of input waits until all is written.
 *
 * <p>Everything but the store's answers runs in the task thread; answers come back through the
 * mailbox. The one retry layer between here and the store is this one.
 */
final class EventAppendWriter
        implements StatefulSinkWriter<IncidentEvent, IncidentEvent>,
                CommittingSinkWriter<IncidentEvent, ChainAnchor> {
    private static final Logger LOG = LoggerFactory.getLogger(EventAppendWriter.class);
    private static final int MAX_FORKS = 1024;

    /** Anchors of one checkpoint; what is beyond is anchored with its next change. */
    private static final int MAX_CONFIRMED = 10_000;

    private static final long NO_TIMER = Long.MAX_VALUE;

    private final EventSinkOptions options;
    private final Function<IncidentEvent, CompletableFuture<AppendOutcome>> store;
    private final AutoCloseable client;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final AppendMetrics metrics;
    private final RejectedEvents rejectedEvents;
    private final WaitingRoom<IncidentEvent> room;

    /** By incident the hash of the last event rejected, so that what builds on it need not wait. */
    private final Map<String, String> lastRejectedHash = new Newest<>(MAX_FORKS);

    private final Map<String, ChainHead> confirmed = new Newest<>(MAX_CONFIRMED);
    private int inFlight;
    private long timerAtMillis = NO_TIMER;
    private boolean ending;
    private boolean closed;

    EventAppendWriter(
            EventSinkOptions options,
            Function<IncidentEvent, CompletableFuture<AppendOutcome>> store,
            AutoCloseable client,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            AppendMetrics metrics,
            SpillMetrics spillMetrics,
            RejectedEvents rejectedEvents,
            Optional<WaitingRoom.Aside> aside) {
        this.options = options;
        this.store = store;
        this.client = client;
        this.mailbox = mailbox;
        this.time = time;
        this.metrics = metrics;
        this.rejectedEvents = rejectedEvents;
        this.room =
                new WaitingRoom<>(
                        new WaitingEvents(),
                        new WaitingRoom.Bounds(
                                options.maxPendingEvents(), options.maxPendingBytes()),
                        aside,
                        options.isSpare()
                                ? WaitingRoom.WhileUnknown.GOES_ON
                                : WaitingRoom.WhileUnknown.WAITS,
                        mailbox,
                        time,
                        spillMetrics,
                        this::dispatch);
    }

    /** Takes over what earlier writers had not written; their order across writers is arbitrary. */
    EventAppendWriter restore(Collection<IncidentEvent> unwritten) {
        room.restore(unwritten);
        dispatch();
        return this;
    }

    @Override
    public void write(IncidentEvent event, Context context)
            throws IOException, InterruptedException {
        while (room.roomFor(event) == Room.NONE) {
            if (options.isSpare()) {
                leaveOut(event, "the store has not answered; unwritten events: " + room.size());
                return;
            }
            room.holdUp();
            mailbox.yield();
        }
        room.add(event);
        dispatch();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        ending = endOfInput;
        if (ending && options.isSpare()) {
            room.leaveAside();
        }
        while (endOfInput && !isDone()) {
            mailbox.yield();
        }
    }

    /** A spare leaves what was laid aside for whoever comes next. */
    boolean isDone() {
        return options.isSpare() ? room.isSafe() : room.isEmpty();
    }

    /** How far chains have come that went on since the last call; one for each incident. */
    @Override
    public Collection<ChainAnchor> prepareCommit() {
        List<ChainAnchor> anchors = new ArrayList<>();
        confirmed.forEach((incident, head) -> anchors.add(new ChainAnchor(incident, head)));
        confirmed.clear();
        return anchors;
    }

    @Override
    public List<IncidentEvent> snapshotState(long checkpointId) {
        return room.snapshot();
    }

    @Override
    public void close() throws Exception {
        closed = true;
        client.close();
        room.close();
    }

    WaitingRoom<IncidentEvent> room() {
        return room;
    }

    /** Answers that are awaited, of the store and of the place for what does not fit. */
    int inFlight() {
        return inFlight + room.outstanding();
    }

    private void dispatch() {
        while (!closed && inFlight < options.maxInFlight()) {
            Optional<IncidentEvent> next = room.takeReady(time.getCurrentProcessingTime());
            if (next.isEmpty()) {
                break;
            }
            if (!options.isSpare() && buildsOnRejected(next.get())) {
                reject(
                        next.get(),
                        EventRejection.Reason.PREDECESSOR_REJECTED,
                        "it builds on " + next.get().previousHash());
            } else {
                send(next.get());
            }
        }
        armTimer();
    }

    private void send(IncidentEvent event) {
        inFlight++;
        CompletableFuture.completedFuture(event)
                .thenCompose(store)
                .orTimeout(options.requestTimeoutMillis(), TimeUnit.MILLISECONDS)
                .whenComplete(
                        (outcome, failure) ->
                                mailbox.execute(
                                        () -> answered(event, outcome, failure),
                                        "event store answer"));
    }

    private void answered(IncidentEvent event, AppendOutcome outcome, Throwable failure)
            throws IOException {
        inFlight--;
        if (failure != null) {
            failed(event, AppendFailureClassifier.unwrapped(failure));
        } else {
            settle(event, outcome);
        }
        dispatch();
    }

    private void settle(IncidentEvent event, AppendOutcome outcome) {
        switch (outcome.kind()) {
            case APPENDED:
                metrics.appended();
                confirm(event);
                break;
            case ALREADY_THERE:
                metrics.redelivered();
                confirm(event);
                break;
            case PREDECESSOR_MISSING:
                awaitPredecessor(event, outcome.detail());
                break;
            case CONFLICT:
                reject(event, EventRejection.Reason.CONFLICT, outcome.detail());
                break;
            case TOO_LARGE:
                reject(event, EventRejection.Reason.TOO_LARGE, outcome.detail());
                break;
        }
    }

    private void confirm(IncidentEvent event) {
        confirmed.put(event.incidentId(), event.head());
        room.settled(event);
    }

    /** A spare asks the store all the same: a repair may have brought the predecessor meanwhile. */
    private boolean buildsOnRejected(IncidentEvent event) {
        return event.previousHash().equals(lastRejectedHash.get(event.incidentId()));
    }

    /** After a rescale the predecessor may be in another writer's state. */
    private void awaitPredecessor(IncidentEvent event, String detail) {
        if (room.isKeptAside(event)) {
            return;
        }
        int waits = room.waitedAgain(event);
        if (waits > options.maxPredecessorWaits() || buildsOnRejected(event)) {
            reject(event, EventRejection.Reason.PREDECESSOR_NEVER_CAME, detail);
        } else {
            retryLater(event, waits);
        }
    }

    private void failed(IncidentEvent event, Throwable failure) throws IOException {
        AppendFailureClassifier classifier = AppendFailureClassifier.of(failure);
        switch (classifier.verdict()) {
            case RETRY:
                tryAgain(event, classifier, failure);
                break;
            case REJECT:
                reject(event, EventRejection.Reason.INVALID, String.valueOf(failure.getMessage()));
                break;
            case FATAL:
                if (options.isSpare()) {
                    tryAgain(event, classifier, failure);
                    break;
                }
                throw new IOException(
                        "The event store cannot be written ("
                                + failure
                                + "). Mend table, region or permissions; unwritten events are in"
                                + " the last checkpoint.",
                        failure);
        }
    }

    private void tryAgain(
            IncidentEvent event, AppendFailureClassifier classifier, Throwable failure) {
        int failures = room.failedAgain(event);
        LOG.warn(
                "Event store {}, try {} of {}#{}: {}",
                classifier.name(),
                failures,
                event.incidentId(),
                event.sequence(),
                failure.getMessage());
        if (ending && options.isSpare() && failures > options.maxPredecessorWaits()) {
            reject(event, EventRejection.Reason.LEFT_OUT, "the input ended: " + failure);
        } else {
            retryLater(event, failures);
        }
    }

    /** Of a spare store only. Whatever builds on the event is left out too. */
    private void leaveOut(IncidentEvent event, String why) {
        metrics.rejected(EventRejection.Reason.LEFT_OUT);
        rejectedEvents.rejected(new EventRejection(event, EventRejection.Reason.LEFT_OUT, why));
        lastRejectedHash.put(event.incidentId(), event.hash());
    }

    private void retryLater(IncidentEvent event, int attempt) {
        metrics.retried();
        long delay = options.backoff().millisAfter(attempt, event.hash().hashCode());
        room.park(event, time.getCurrentProcessingTime() + delay);
    }

    private void reject(IncidentEvent event, EventRejection.Reason reason, String detail) {
        metrics.rejected(reason);
        rejectedEvents.rejected(new EventRejection(event, reason, detail));
        lastRejectedHash.put(event.incidentId(), event.hash());
        if (reason == EventRejection.Reason.LEFT_OUT) {
            room.leftOut(event);
        } else {
            room.settled(event);
        }
    }

    private void armTimer() {
        OptionalLong next = room.nextTimeMillis();
        if (next.isPresent() && next.getAsLong() < timerAtMillis) {
            timerAtMillis = next.getAsLong();
            time.registerTimer(
                    timerAtMillis,
                    now -> {
                        timerAtMillis = NO_TIMER;
                        dispatch();
                    });
        }
    }

    /** By incident, those that were touched last. */
    private static final class Newest<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        private Newest(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
