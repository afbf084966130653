// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
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
 * What did not fit into state, laid aside in a {@link SpillStore} and brought back when there is
 * room, the worst first. A thing is out of state when the place has it, and out of the place when
 * it has arrived where it belongs; in between it may be in both, so that arriving twice must do no
 * harm. While the place holds something of a lane, what else comes of the lane goes there too, so
 * that it stays in order. What is there is the only record of what is there: a writer begins by
 * looking.
 *
 * <p>Keys: {@code name/<subtask>/<severity><lane>/<place>-<id>}. The severity is that of the lane's
 * first thing there, from 0 for the worst; of what goes in no order, its own. What a subtask left
 * that is no more is brought back too, by another, in no order with what that lane's next writer
 * sends meanwhile. Task thread only.
 */
final class Spill<T> {
    /** Things on their way out, at most; they still count as state. */
    static final int MAX_UNDER_WAY = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final long PAUSE_MILLIS = 1_000;

    /** Some five minutes. */
    private static final int MAX_POSTPONEMENTS = 300;

    private final Waiting<T> waiting;
    private final SpillStore store;
    private final List<String> parts;
    private final String own;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final SpillMetrics metrics;
    private final Consumer<T> back;
    private final BooleanSupplier room;
    private final int batch;

    /** By lane, the part of its keys between part and place. */
    private final Map<String, String> held = new HashMap<>();

    private final Set<String> touched = new HashSet<>();
    private final Map<String, T> goingOut = new LinkedHashMap<>();

    /** Keys by id of what came back and has not arrived yet. */
    private final Map<String, String> comingBack = new HashMap<>();

    private final Map<String, Integer> tries = new HashMap<>();

    /** Of the batch under way, by key. */
    private final TreeMap<String, T> fetched = new TreeMap<>();

    private final Set<String> unreadable = new HashSet<>();

    /** Parts of subtasks that are no more, as long as something is there. */
    private final Deque<String> abandoned = new ArrayDeque<>();

    private boolean looked;
    private boolean listing;
    private int outstanding;
    private int fetching;

    /**
     * @param parts each of no other writer, ending with a slash; its own is the first
     * @param back takes a thing again
     * @param room whether it can take a batch
     * @param batch things brought back at once
     */
    Spill(
            Waiting<T> waiting,
            SpillStore store,
            List<String> parts,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            SpillMetrics metrics,
            Consumer<T> back,
            BooleanSupplier room,
            int batch) {
        this.waiting = waiting;
        this.store = store;
        this.parts = List.copyOf(parts);
        this.own = parts.get(0);
        this.mailbox = mailbox;
        this.time = time;
        this.metrics = metrics;
        this.back = back;
        this.room = room;
        this.batch = batch;
    }

    /** Begins to look what is there. */
    Spill<T> look() {
        parts.forEach(this::look);
        return this;
    }

    private void look(String part) {
        ask(store.listAll(part), keys -> seen(part, keys), () -> look(part));
    }

    private void seen(String part, List<String> keys) {
        hold(keys);
        if (!keys.isEmpty()) {
            LOG.warn("{}: what was laid aside waits there: {}", part, keys.size());
        }
        if (part.equals(own)) {
            looked = true;
        } else if (!keys.isEmpty()) {
            abandoned.add(part);
        }
        bringBack();
    }

    /** Whether it is known what is in its own part. */
    boolean isReady() {
        return looked;
    }

    /** Whether what comes of this lane has to go there. */
    boolean holds(String lane) {
        return !lane.isEmpty() && held.containsKey(lane);
    }

    int lanes() {
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
    Collection<T> goingOut() {
        return goingOut.values();
    }

    /** Lays it aside; it is {@link #goingOut} until that is done. */
    void take(T thing) {
        if (held.isEmpty()) {
            LOG.warn("{}: state is full; what comes is laid aside until there is room", own);
        }
        String lane = waiting.lane(thing);
        String path = rank(waiting.severity(thing)) + lane + "/";
        String first = held.putIfAbsent(lane, path);
        touched.add(lane);
        String key =
                own
                        + (first == null || lane.isEmpty() ? path : first)
                        + String.format("%019d-%s", waiting.place(thing), waiting.id(thing));
        goingOut.put(key, thing);
        put(key, thing);
    }

    private void put(String key, T thing) {
        ask(
                CompletableFuture.completedFuture(thing)
                        .thenApply(this::bytes)
                        .thenCompose(bytes -> store.put(key, bytes)),
                done -> {
                    goingOut.remove(key);
                    metrics.spilled();
                    bringBack();
                },
                () -> put(key, thing));
    }

    /** Brings some back, if there is room, unless that is under way. */
    void bringBack() {
        if (!looked || listing || held.isEmpty() || !comingBack.isEmpty() || !room.getAsBoolean()) {
            return;
        }
        listing = true;
        touched.clear();
        goingOut.values().forEach(thing -> touched.add(waiting.lane(thing)));
        list();
    }

    private void list() {
        String part = abandoned.isEmpty() ? own : abandoned.peek();
        ask(store.list(part, batch + unreadable.size()), keys -> listed(part, keys), this::list);
    }

    /**
     * What was laid aside meanwhile, or was on its way when the list was asked for, waits for the
     * next one: of a lane there might be later things on the list, and not the earlier ones.
     */
    private void listed(String part, List<String> keys) {
        listing = false;
        boolean complete = keys.size() < batch + unreadable.size();
        List<String> readable =
                keys.stream().filter(key -> !unreadable.contains(key)).collect(Collectors.toList());
        if (complete && part.equals(own)) {
            forgetAllBut(readable);
        } else if (readable.isEmpty()) {
            abandoned.remove(part);
        }
        List<String> wanted =
                readable.stream()
                        .filter(key -> laneOf(key).isEmpty() || !touched.contains(laneOf(key)))
                        .collect(Collectors.toList());
        fetching = wanted.size();
        wanted.forEach(key -> comingBack.put(idOf(key), key));
        wanted.forEach(this::get);
        if (comingBack.isEmpty() && !held.isEmpty()) {
            later(this::bringBack);
        }
    }

    /** A complete list: what is not on it, and was not laid aside since, is not there. */
    private void forgetAllBut(List<String> keys) {
        Set<String> there = new HashSet<>(touched);
        keys.forEach(key -> there.add(laneOf(key)));
        held.keySet().retainAll(there);
        if (held.isEmpty()) {
            LOG.info("{}: all that was laid aside has arrived", own);
        }
    }

    private void get(String key) {
        ask(
                store.get(key),
                bytes -> cameBack(key, bytes),
                () -> {
                    if (comingBack.containsKey(idOf(key))) {
                        get(key);
                    } else {
                        // Arrived meanwhile from what was in state too, and gone from here.
                        fetched();
                    }
                });
    }

    private void cameBack(String key, byte[] bytes) {
        try {
            fetched.put(key, waiting.deserialize(waiting.getVersion(), bytes));
        } catch (IOException e) {
            LOG.error("{} cannot be read and stays where it is: {}", key, e.toString());
            metrics.failed();
            unreadable.add(key);
            comingBack.remove(idOf(key));
        }
        fetched();
    }

    /** All of a batch go back at once, in the order of their keys: a lane's in order. */
    private void fetched() {
        if (--fetching > 0) {
            return;
        }
        List<T> things = new ArrayList<>(fetched.values());
        fetched.clear();
        for (T thing : things) {
            if (comingBack.containsKey(waiting.id(thing))) {
                back.accept(thing);
            }
        }
        bringBack();
    }

    /** It has arrived, or never will. */
    void settled(T thing) {
        String id = waiting.id(thing);
        tries.remove(id);
        String key = comingBack.get(id);
        if (key != null) {
            delete(id, key);
        }
    }

    private void delete(String id, String key) {
        ask(
                store.delete(key),
                done -> {
                    if (comingBack.remove(id) != null) {
                        metrics.drained();
                    }
                    bringBack();
                },
                () -> delete(id, key));
    }

    /**
     * Takes what is too early, if the place holds its lane: after a restore what comes before it
     * may lie aside, or be about to be said again, and then is laid aside behind it. Not for ever:
     * false after five minutes or so.
     */
    boolean keeps(T thing) {
        String id = waiting.id(thing);
        if (!holds(waiting.lane(thing)) || tries.merge(id, 1, Integer::sum) > MAX_POSTPONEMENTS) {
            return false;
        }
        if (comingBack.remove(id) == null) {
            take(thing);
        }
        later(this::bringBack);
        return true;
    }

    /** It has not arrived, and stays there for whoever comes next. */
    void leave(T thing) {
        comingBack.remove(waiting.id(thing));
    }

    void close() {
        store.close();
    }

    private void hold(List<String> keys) {
        for (String key : keys) {
            String lane = key.substring(behindPart(key), key.lastIndexOf('/') + 1);
            held.putIfAbsent(laneOf(key), lane);
        }
    }

    private String laneOf(String key) {
        return key.substring(behindPart(key) + 1, key.lastIndexOf('/'));
    }

    private int behindPart(String key) {
        int name = own.lastIndexOf('/', own.length() - 2) + 1;
        return key.indexOf('/', name) + 1;
    }

    private static String idOf(String key) {
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
        LOG.warn("{}: {}", own, unwrapped(failure).toString());
        later(again);
    }

    private void later(Runnable what) {
        time.registerTimer(time.getCurrentProcessingTime() + PAUSE_MILLIS, now -> what.run());
    }

    private byte[] bytes(T thing) {
        try {
            return waiting.serialize(thing);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        return wrapped ? failure.getCause() : failure;
    }
}
