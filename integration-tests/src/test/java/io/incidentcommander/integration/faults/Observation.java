// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.ingest.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What the sinks of one run saw. The tasks run in this JVM and find it by its id, so that it
 * survives their failures as a real store would. Thread safe.
 */
public final class Observation implements AutoCloseable {
    private static final Map<Integer, Observation> OPEN = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();
    private final IncidentStore incidents = new IncidentStore();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Map<String, Disposition> fates = new ConcurrentHashMap<>();
    private final Faults faults;
    private boolean keepsFates = true;

    public Observation(Fault... faults) {
        this.faults = new Faults(List.of(faults));
        OPEN.put(id, this);
    }

    /** Of more alerts than there is room to keep the fates of. */
    static Observation withoutFates() {
        Observation observation = new Observation();
        observation.keepsFates = false;
        return observation;
    }

    static Observation of(int id) {
        return OPEN.get(id);
    }

    int id() {
        return id;
    }

    /** The faults of this run. */
    public Faults faults() {
        return faults;
    }

    public IncidentStore incidents() {
        return incidents;
    }

    /** As published: at checkpoints, and at the end. */
    public synchronized List<Ledger> ledgers() {
        return List.copyOf(ledgers);
    }

    /** The newest, or the empty one. */
    public synchronized Ledger ledger() {
        return ledgers.isEmpty() ? Ledger.empty() : ledgers.get(ledgers.size() - 1);
    }

    /** Of the newest ledger. */
    public SourceCounts counts(String source) {
        return ledger().counts().getOrDefault(source, SourceCounts.nothing());
    }

    /** With redeliveries. */
    public synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** What became of each alert that was explained, by its id as text. */
    public Map<String, Disposition> fates() {
        return fates;
    }

    synchronized void accept(Object result) {
        if (result instanceof IncidentEvent event) {
            incidents.put(event);
        } else if (result instanceof Ledger ledger) {
            ledgers.add(ledger);
        } else if (result instanceof DeadLetter letter) {
            deadLetters.add(letter);
        } else if (result instanceof AlertFate fate) {
            if (keepsFates) {
                fates.put(fate.alertId().toString(), fate.disposition());
            }
        } else {
            throw new IllegalArgumentException("Not a result: " + result);
        }
        notifyAll();
    }

    /** Returns once what was seen is as wanted. */
    public synchronized void await(String what, Duration atMost, Predicate<Observation> wanted)
            throws InterruptedException, TimeoutException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!wanted.test(this)) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        "not within " + atMost + ": " + what + "; the ledger is " + ledger());
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }
}
