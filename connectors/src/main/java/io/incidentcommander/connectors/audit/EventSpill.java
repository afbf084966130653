// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that did not fit into state, laid aside in a {@link SpillStore} and brought back when
 * there is room, the most severe incidents first. An event is out of state when the place has it,
 * and out of the place when the event store has it; in between it may be in both, which is safe,
 * since an append repeats itself without harm. While the place holds an event of an incident, the
 * incident's further events go there too, so that they stay in order. What is there is the only
 * record of what is there: a writer begins by looking.
 *
 * <p>Keys: {@code prefix/<severity><incident>/<sequence>-<hash>}. The severity is that of the
 * incident's first event there, from 0 for the worst. Task thread only.
 */
final class EventSpill {
    /** Events on their way out, at most; they still count as state. */
    static final int MAX_UNDER_WAY = 50;

    private static final Logger LOG = LoggerFactory.getLogger(EventSpill.class);
    private static final long PAUSE_MILLIS = 1_000;

    /** Some five minutes. */
    private static final int MAX_POSTPONEMENTS = 300;

    private static final IncidentEventStateSerializer BYTES = new IncidentEventStateSerializer();

    private final SpillStore store;
    private final String prefix;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final SpillMetrics metrics;
    private final Consumer<IncidentEvent> back;
    private final BooleanSupplier room;
    private final int batch;

    /** By incident, the part of its keys between prefix and sequence. */
    private final Map<String, String> held = new HashMap<>();

    private final Set<String> touched = new HashSet<>();
    private final Map<String, IncidentEvent> goingOut = new LinkedHashMap<>();

    /** Keys by hash of events that came back and are not written yet. */
    private final Map<String, String> comingBack = new HashMap<>();

    private final Map<String, Integer> tries = new HashMap<>();

    /** Of the batch under way, by key. */
    private final TreeMap<String, IncidentEvent> fetched = new TreeMap<>();

    private final Set<String> unreadable = new HashSet<>();
    private boolean looked;
    private boolean listing;
    private int outstanding;
    private int fetching;

    /**
     * @param prefix of this writer alone; ends with a slash
     * @param back takes an event again
     * @param room whether it can take a batch
     * @param batch events brought back at once
     */
    EventSpill(
            SpillStore store,
            String prefix,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            SpillMetrics metrics,
            Consumer<IncidentEvent> back,
            BooleanSupplier room,
            int batch) {
        this.store = store;
        this.prefix = prefix;
        this.mailbox = mailbox;
        this.time = time;
        this.metrics = metrics;
        this.back = back;
        this.room = room;
        this.batch = batch;
    }

    /** Begins to look what is there. */
    EventSpill look() {
        ask(
                store.listAll(prefix),
                keys -> {
                    hold(keys);
                    looked = true;
                    if (!held.isEmpty()) {
                        LOG.warn("{}: incidents whose events wait there: {}", prefix, held.size());
                    }
                    bringBack();
                },
                this::look);
        return this;
    }

    /** Whether it is known what is there. */
    boolean isReady() {
        return looked;
    }

    /** Whether events of this incident have to go there. */
    boolean holds(String incidentId) {
        return held.containsKey(incidentId);
    }

    int incidents() {
        return held.size();
    }

    /** Answers that are awaited. */
    int outstanding() {
        return outstanding;
    }

    boolean isEmpty() {
        return held.isEmpty() && goingOut.isEmpty();
    }

    boolean hasRoom() {
        return goingOut.size() < MAX_UNDER_WAY;
    }

    /** Those that are not safe outside yet. */
    Collection<IncidentEvent> goingOut() {
        return goingOut.values();
    }

    /** Lays an event aside; it is {@link #goingOut} until that is done. */
    void take(IncidentEvent event) {
        if (held.isEmpty()) {
            LOG.warn("{}: state is full; events are laid aside until the store answers", prefix);
        }
        String lane =
                held.computeIfAbsent(
                        event.incidentId(), id -> rank(event.incident().severity()) + id + "/");
        touched.add(event.incidentId());
        String key = prefix + lane + String.format("%019d-%s", event.sequence(), event.hash());
        goingOut.put(key, event);
        put(key, event);
    }

    private void put(String key, IncidentEvent event) {
        ask(
                CompletableFuture.completedFuture(event)
                        .thenApply(EventSpill::bytes)
                        .thenCompose(bytes -> store.put(key, bytes)),
                done -> {
                    goingOut.remove(key);
                    metrics.spilled();
                    bringBack();
                },
                () -> put(key, event));
    }

    /** Brings some back, if there is room, unless that is under way. */
    void bringBack() {
        if (!looked || listing || held.isEmpty() || !comingBack.isEmpty() || !room.getAsBoolean()) {
            return;
        }
        listing = true;
        touched.clear();
        goingOut.values().forEach(event -> touched.add(event.incidentId()));
        list();
    }

    private void list() {
        ask(store.list(prefix, batch + unreadable.size()), this::listed, this::list);
    }

    /**
     * What was laid aside meanwhile, or was on its way when the list was asked for, waits for the
     * next one: of an incident there might be later events on the list, and not the earlier ones.
     */
    private void listed(List<String> keys) {
        listing = false;
        boolean complete = keys.size() < batch + unreadable.size();
        List<String> readable =
                keys.stream().filter(key -> !unreadable.contains(key)).collect(Collectors.toList());
        if (complete) {
            forgetAllBut(readable);
        }
        List<String> wanted =
                readable.stream()
                        .filter(key -> !touched.contains(incidentOf(key)))
                        .collect(Collectors.toList());
        fetching = wanted.size();
        wanted.forEach(key -> comingBack.put(hashOf(key), key));
        wanted.forEach(this::get);
        if (comingBack.isEmpty() && !held.isEmpty()) {
            later(this::bringBack);
        }
    }

    /** A complete list: what is not on it, and was not laid aside since, is not there. */
    private void forgetAllBut(List<String> keys) {
        Set<String> there = new HashSet<>(touched);
        keys.forEach(key -> there.add(incidentOf(key)));
        held.keySet().retainAll(there);
        if (held.isEmpty()) {
            LOG.info("{}: all that was laid aside has been written", prefix);
        }
    }

    private void get(String key) {
        ask(
                store.get(key),
                bytes -> cameBack(key, bytes),
                () -> {
                    if (comingBack.containsKey(hashOf(key))) {
                        get(key);
                    } else {
                        // Written meanwhile from what was in state too, and gone from here.
                        fetched();
                    }
                });
    }

    private void cameBack(String key, byte[] bytes) {
        try {
            fetched.put(key, BYTES.deserialize(BYTES.getVersion(), bytes));
        } catch (IOException e) {
            LOG.error("{} is no event and stays where it is: {}", key, e.toString());
            metrics.failed();
            unreadable.add(key);
            comingBack.remove(hashOf(key));
        }
        fetched();
    }

    /** All of a batch go back at once, in the order of their keys: an incident's in order. */
    private void fetched() {
        if (--fetching > 0) {
            return;
        }
        List<IncidentEvent> events = new ArrayList<>(fetched.values());
        fetched.clear();
        for (IncidentEvent event : events) {
            if (comingBack.containsKey(event.hash())) {
                back.accept(event);
            }
        }
        bringBack();
    }

    /** The event store has it, or will never take it. */
    void settled(IncidentEvent event) {
        tries.remove(event.hash());
        String key = comingBack.get(event.hash());
        if (key != null) {
            delete(event.hash(), key);
        }
    }

    private void delete(String hash, String key) {
        ask(
                store.delete(key),
                done -> {
                    if (comingBack.remove(hash) != null) {
                        metrics.drained();
                    }
                    bringBack();
                },
                () -> delete(hash, key));
    }

    /**
     * Takes an event that is too early, if the place holds its incident: after a restore what comes
     * before it may lie aside, or be about to be said again, and then is laid aside behind it. Not
     * for ever: false after five minutes or so.
     */
    boolean keeps(IncidentEvent event) {
        String hash = event.hash();
        if (!holds(event.incidentId()) || tries.merge(hash, 1, Integer::sum) > MAX_POSTPONEMENTS) {
            return false;
        }
        if (comingBack.remove(hash) == null) {
            take(event);
        }
        later(this::bringBack);
        return true;
    }

    /** It is not written, and stays there for whoever comes next. */
    void leave(IncidentEvent event) {
        comingBack.remove(event.hash());
    }

    void close() {
        store.close();
    }

    private void hold(List<String> keys) {
        for (String key : keys) {
            String lane = key.substring(prefix.length(), key.lastIndexOf('/') + 1);
            held.put(incidentOf(key), lane);
        }
    }

    private String incidentOf(String key) {
        return key.substring(prefix.length() + 1, key.lastIndexOf('/'));
    }

    private static String hashOf(String key) {
        return key.substring(key.lastIndexOf('-') + 1);
    }

    private static int rank(Severity severity) {
        return Severity.CRITICAL.ordinal() - severity.ordinal();
    }

    /** The answer in the task thread; after a failure again, a second later. */
    private <T> void ask(CompletableFuture<T> asked, Consumer<T> then, Runnable again) {
        outstanding++;
        asked.whenComplete(
                (answer, failure) ->
                        mailbox.execute(
                                () -> {
                                    outstanding--;
                                    if (failure == null) {
                                        then.accept(answer);
                                    } else {
                                        later(failure, again);
                                    }
                                },
                                "spill answer"));
    }

    private void later(Throwable failure, Runnable again) {
        metrics.failed();
        LOG.warn("{}: {}", prefix, AppendFailureClassifier.unwrapped(failure).toString());
        later(again);
    }

    private void later(Runnable what) {
        time.registerTimer(time.getCurrentProcessingTime() + PAUSE_MILLIS, now -> what.run());
    }

    private static byte[] bytes(IncidentEvent event) {
        try {
            return BYTES.serialize(event);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
