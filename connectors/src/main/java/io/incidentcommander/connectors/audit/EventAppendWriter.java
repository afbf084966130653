// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
 * when the state is full, events are laid aside in an {@link EventSpill}, or, without one, {@link
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

    private static final int MAX_BATCH = 100;
    private static final long NO_TIMER = Long.MAX_VALUE;

    private final EventSinkOptions options;
    private final Function<IncidentEvent, CompletableFuture<AppendOutcome>> store;
    private final AutoCloseable client;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final AppendMetrics metrics;
    private final RejectedEvents rejectedEvents;
    private final PendingAppends pending;
    private final Optional<EventSpill> spill;

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
            Function<PendingAppends, AppendMetrics> metrics,
            RejectedEvents rejectedEvents,
            Optional<SpillOpener> spill) {
        this.options = options;
        this.store = store;
        this.client = client;
        this.mailbox = mailbox;
        this.time = time;
        this.rejectedEvents = rejectedEvents;
        this.pending = new PendingAppends(options.maxPendingEvents(), options.maxPendingBytes());
        this.metrics = metrics.apply(pending);
        int batch = Math.max(1, Math.min(MAX_BATCH, options.maxPendingEvents() / 2));
        this.spill =
                spill.map(
                        opener ->
                                opener.open(
                                        this::takeBack,
                                        () -> !ending() && pending.hasRoomFor(batch),
                                        batch));
    }

    /** Takes over what earlier writers had not written; their order across writers is arbitrary. */
    EventAppendWriter restore(Collection<IncidentEvent> unwritten) {
        unwritten.stream()
                .sorted(Comparator.comparingLong(IncidentEvent::sequence))
                .forEach(pending::add);
        spill.ifPresent(EventSpill::look);
        dispatch();
        return this;
    }

    @Override
    public void write(IncidentEvent event, Context context)
            throws IOException, InterruptedException {
        while (roomFor(event) == Room.NONE) {
            if (options.isSpare()) {
                leaveOut(event, "the store has not answered; unwritten events: " + pending.size());
                return;
            }
            mailbox.yield();
        }
        if (roomFor(event) == Room.STATE) {
            pending.add(event);
        } else {
            layAside(event);
        }
        dispatch();
    }

    /** In state up to its bound, past that in the spill, if there is one. */
    Room roomFor(IncidentEvent event) {
        if (spill.isEmpty()) {
            return pending.isFull() ? Room.NONE : Room.STATE;
        }
        EventSpill place = spill.get();
        boolean known = place.isReady() || options.isSpare();
        if (known && !pending.isFull() && !place.holds(event.incidentId())) {
            return Room.STATE;
        }
        return place.isReady() && place.hasRoom() ? Room.ASIDE : Room.NONE;
    }

    /** The incident that matters least goes; if that is this event's, this event. */
    private void layAside(IncidentEvent event) {
        EventSpill place = spill.orElseThrow();
        List<IncidentEvent> lesser =
                place.holds(event.incidentId())
                        ? List.of()
                        : pending.giveUpFor(event.incident().severity(), place::holds);
        if (lesser.isEmpty()) {
            place.take(event);
        } else {
            lesser.forEach(place::take);
            pending.add(event);
        }
    }

    private void takeBack(IncidentEvent event) {
        pending.add(event);
        dispatch();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        ending = endOfInput;
        while (endOfInput && !isDone()) {
            mailbox.yield();
        }
    }

    /** A spare leaves what was laid aside for whoever comes next. */
    boolean isDone() {
        boolean nothingAside =
                options.isSpare()
                        ? spill.map(there -> there.goingOut().isEmpty()).orElse(true)
                        : spill.map(there -> there.isReady() && there.isEmpty()).orElse(true);
        return pending.isEmpty() && nothingAside;
    }

    private boolean ending() {
        return ending && options.isSpare();
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
        List<IncidentEvent> unwritten = pending.snapshot();
        spill.ifPresent(there -> unwritten.addAll(there.goingOut()));
        return unwritten;
    }

    @Override
    public void close() throws Exception {
        closed = true;
        client.close();
        spill.ifPresent(EventSpill::close);
    }

    int pendingEvents() {
        return pending.size();
    }

    /** Answers that are awaited, of the store and of the place for what does not fit. */
    int inFlight() {
        return inFlight + spill.map(EventSpill::outstanding).orElse(0);
    }

    private void dispatch() {
        while (!closed && inFlight < options.maxInFlight()) {
            Optional<IncidentEvent> next = pending.takeReady(time.getCurrentProcessingTime());
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
        done(event);
    }

    private void done(IncidentEvent event) {
        pending.settled(event);
        spill.ifPresent(
                there -> {
                    there.settled(event);
                    there.bringBack();
                });
    }

    /** A spare asks the store all the same: a repair may have brought the predecessor meanwhile. */
    private boolean buildsOnRejected(IncidentEvent event) {
        return event.previousHash().equals(lastRejectedHash.get(event.incidentId()));
    }

    /** After a rescale the predecessor may be in another writer's state. */
    private void awaitPredecessor(IncidentEvent event, String detail) {
        if (spill.filter(there -> there.keeps(event)).isPresent()) {
            pending.settled(event);
            return;
        }
        int waits = pending.waitedAgain(event);
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
        int failures = pending.failedAgain(event);
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
        pending.park(event, time.getCurrentProcessingTime() + delay);
    }

    private void reject(IncidentEvent event, EventRejection.Reason reason, String detail) {
        metrics.rejected(reason);
        rejectedEvents.rejected(new EventRejection(event, reason, detail));
        lastRejectedHash.put(event.incidentId(), event.hash());
        if (reason == EventRejection.Reason.LEFT_OUT) {
            spill.ifPresent(there -> there.leave(event));
        }
        done(event);
    }

    private void armTimer() {
        OptionalLong next = pending.nextTimeMillis();
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

    /** Where the next event can go. */
    enum Room {
        STATE,
        ASIDE,
        NONE
    }

    /** Opens the place for what does not fit into state. */
    interface SpillOpener {
        /**
         * @param back takes an event again
         * @param room whether there is room for a batch
         * @param batch events at once
         */
        EventSpill open(Consumer<IncidentEvent> back, BooleanSupplier room, int batch);
    }
}
