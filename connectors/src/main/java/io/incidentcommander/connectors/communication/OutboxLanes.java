// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.connectors.resilience.Priority;
import io.incidentcommander.connectors.resilience.RetryDelay;
import io.incidentcommander.connectors.resilience.TokenBucket;
import io.incidentcommander.model.communication.OutboundMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers batches: one receiver's messages one after another, receivers beside each other. What a
 * newer message of the same incident replaces is not sent, nor what the ledger knows. A receiver
 * that failed, asked to wait or was called as often as it may be rests, and its messages come back
 * to be tried later; after {@link #MOST_ATTEMPTS} they are rejected, and come back until that is
 * kept. What is kept of receivers is bounded by how many the routes name. Thread safe.
 */
final class OutboxLanes {
    /** With delays of up to a minute, about a quarter of an hour. */
    static final int MOST_ATTEMPTS = 20;

    private static final RetryDelay DELAY =
            RetryDelay.of(
                    RetryDelay.Growth.EXPONENTIAL, Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final long BUDGET_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MILLI = 1_000_000;
    private static final SentRecord NEVER = new SentRecord(SentRecord.NOTHING, "");
    private static final long DEAD_LETTER_REST_MILLIS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(OutboxLanes.class);

    private final ChannelClient client;
    private final SentLedger ledger;
    private final RejectedMessages rejected;
    private final NanoClock clock;
    private final Map<String, Long> restingUntil = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, TokenBucket> buckets = new HashMap<>();

    OutboxLanes(
            ChannelClient client, SentLedger ledger, RejectedMessages rejected, NanoClock clock) {
        this.client = client;
        this.ledger = ledger;
        this.rejected = rejected;
        this.clock = clock;
    }

    /** Completes with what is to be tried again, in order. */
    CompletableFuture<List<OutboxEntry>> deliver(List<OutboxEntry> batch) {
        Map<String, Deque<OutboxEntry>> lanes = new LinkedHashMap<>();
        for (OutboxEntry entry : newest(batch)) {
            lanes.computeIfAbsent(entry.message().address(), a -> new ArrayDeque<>()).add(entry);
        }
        CompletableFuture<List<OutboxEntry>> all =
                CompletableFuture.completedFuture(new ArrayList<>());
        for (Map.Entry<String, Deque<OutboxEntry>> lane : lanes.entrySet()) {
            CompletableFuture<List<OutboxEntry>> left = lane(lane.getKey(), lane.getValue());
            all =
                    all.thenCombine(
                            left,
                            (a, b) -> {
                                a.addAll(b);
                                return a;
                            });
        }
        return all;
    }

    private CompletableFuture<List<OutboxEntry>> lane(String address, Deque<OutboxEntry> entries) {
        synchronized (this) {
            Long until = restingUntil.get(address);
            if ((until != null && clock.nanos() - until < 0) || !busy.add(address)) {
                return CompletableFuture.completedFuture(new ArrayList<>(entries));
            }
            restingUntil.remove(address);
        }
        return next(address, entries, clock.nanos() + BUDGET_NANOS)
                .whenComplete(
                        (left, failure) -> {
                            synchronized (this) {
                                busy.remove(address);
                            }
                        });
    }

    private CompletableFuture<List<OutboxEntry>> next(
            String address, Deque<OutboxEntry> entries, long deadline) {
        if (entries.isEmpty() || clock.nanos() - deadline > 0) {
            return CompletableFuture.completedFuture(new ArrayList<>(entries));
        }
        OutboxEntry entry = entries.poll();
        // Not on this stack: a ledger in memory answers at once, for a thousand entries.
        return one(entry)
                .thenComposeAsync(attempt -> settle(address, attempt.entry, attempt.outcome))
                .thenCompose(
                        left -> {
                            if (left.isEmpty()) {
                                return next(address, entries, deadline);
                            }
                            entries.addFirst(left.get());
                            return CompletableFuture.completedFuture(new ArrayList<>(entries));
                        });
    }

    /** What is to be tried again; then its receiver rests. */
    private CompletableFuture<Optional<OutboxEntry>> settle(
            String address, OutboxEntry entry, SendOutcome outcome) {
        switch (outcome.kind()) {
            case SENT:
                return CompletableFuture.completedFuture(Optional.empty());
            case REFUSED:
                return reject(address, entry, outcome.detail());
            case THROTTLED:
                rest(address, Math.max(1, outcome.waitMillis()));
                return CompletableFuture.completedFuture(Optional.of(entry.toldToWait()));
            default:
                if (entry.attempts() + 1 >= MOST_ATTEMPTS) {
                    return reject(address, entry, "gave up: " + outcome.detail());
                }
                rest(address, DELAY.millisAfter(entry.attempts() + 1, address.hashCode()));
                return CompletableFuture.completedFuture(Optional.of(entry.triedAgain()));
        }
    }

    /** Until it is kept as a dead letter, it is not settled. */
    private CompletableFuture<Optional<OutboxEntry>> reject(
            String address, OutboxEntry entry, String reason) {
        return rejected.rejected(entry.message(), reason)
                .handle(
                        (kept, failure) -> {
                            if (failure == null) {
                                return Optional.empty();
                            }
                            LOG.warn("{} is no dead letter yet: {}", entry, failure.toString());
                            rest(address, DEAD_LETTER_REST_MILLIS);
                            return Optional.of(entry);
                        });
    }

    private synchronized void rest(String address, long millis) {
        restingUntil.put(address, clock.nanos() + millis * MILLI);
    }

    private CompletableFuture<Attempt> one(OutboxEntry entry) {
        return known(entry.message())
                .thenCompose(
                        known ->
                                known.isPresent()
                                        ? send(certain(entry, known.get()), known.get())
                                        : CompletableFuture.completedFuture(
                                                new Attempt(entry, SendOutcome.sent(""))))
                .exceptionally(
                        failure -> new Attempt(entry, SendOutcome.failed(String.valueOf(failure))));
    }

    private CompletableFuture<Attempt> send(OutboxEntry entry, SentRecord known) {
        OutboundMessage message = entry.message();
        long wait = waitMillis(message.address());
        if (wait > 0) {
            return CompletableFuture.completedFuture(
                    new Attempt(entry, SendOutcome.throttled(wait)));
        }
        return begun(message, known)
                .thenCompose(begun -> client.send(message, known.handle(), entry.attempts()))
                .thenCompose(outcome -> recorded(message, outcome))
                .thenApply(outcome -> new Attempt(entry, outcome));
    }

    /** What a backlog has to wait, so that nobody has to ask for it; 0: it may be sent now. */
    private synchronized long waitMillis(String address) {
        return client.limit()
                .map(limit -> buckets.computeIfAbsent(address, a -> new TokenBucket(limit, clock)))
                .map(bucket -> (bucket.take(Priority.CRITICAL) + MILLI - 1) / MILLI)
                .orElse(0L);
    }

    /** One that was begun and never recorded counts as tried, unless it was told to wait. */
    private OutboxEntry certain(OutboxEntry entry, SentRecord known) {
        OutboundMessage message = entry.message();
        boolean unsure =
                client.looksUp()
                        && entry.attempts() == 0
                        && !entry.wasToldToWait()
                        && known.mayHaveSent(message.sequences().get(message.incident()));
        return unsure ? entry.triedAgain() : entry;
    }

    private CompletableFuture<Void> begun(OutboundMessage message, SentRecord known) {
        long sequence = message.sequences().get(message.incident());
        return client.looksUp() && known.begun() < sequence
                ? ledger.begin(SentLedger.thread(message, message.incident()), sequence)
                : CompletableFuture.completedFuture(null);
    }

    /** What to go on with; empty if all of it was shown, or newer news were. */
    private CompletableFuture<Optional<SentRecord>> known(OutboundMessage message) {
        CompletableFuture<Optional<SentRecord>> all =
                CompletableFuture.completedFuture(Optional.empty());
        for (Map.Entry<String, Long> incident : message.sequences().entrySet()) {
            all =
                    all.thenCombine(
                            ledger.find(SentLedger.thread(message, incident.getKey())),
                            (found, record) ->
                                    record.isPresent()
                                                    && record.get().sequence()
                                                            >= incident.getValue()
                                            ? found
                                            : Optional.of(record.orElse(NEVER)));
        }
        return all;
    }

    private CompletableFuture<SendOutcome> recorded(OutboundMessage message, SendOutcome outcome) {
        if (outcome.kind() != SendOutcome.Kind.SENT) {
            return CompletableFuture.completedFuture(outcome);
        }
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        message.sequences()
                .forEach(
                        (incident, sequence) ->
                                writes.add(
                                        ledger.record(
                                                SentLedger.thread(message, incident),
                                                new SentRecord(sequence, outcome.detail()))));
        return CompletableFuture.allOf(writes.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> outcome);
    }

    /** What was tried, and what became of it. */
    private static final class Attempt {
        private final OutboxEntry entry;
        private final SendOutcome outcome;

        Attempt(OutboxEntry entry, SendOutcome outcome) {
            this.entry = entry;
            this.outcome = outcome;
        }
    }

    /** Of a thread only the newest, in the place where it is; digests all stay. */
    private static List<OutboxEntry> newest(List<OutboxEntry> batch) {
        Map<String, Long> newest = new HashMap<>();
        for (OutboxEntry entry : batch) {
            entry.message()
                    .sequences()
                    .forEach(
                            (incident, sequence) ->
                                    newest.merge(
                                            SentLedger.thread(entry.message(), incident),
                                            sequence,
                                            Math::max));
        }
        List<OutboxEntry> kept = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (OutboxEntry entry : batch) {
            OutboundMessage message = entry.message();
            boolean news =
                    message.sequences().entrySet().stream()
                            .anyMatch(
                                    i ->
                                            newest.get(SentLedger.thread(message, i.getKey()))
                                                    .equals(i.getValue()));
            if (news && ids.add(message.id())) {
                kept.add(entry);
            }
        }
        return kept;
    }
}
