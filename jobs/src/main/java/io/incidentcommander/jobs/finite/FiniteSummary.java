// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A finite run in a few numbers. Immutable. */
public final class FiniteSummary {
    private final Ledger ledger;
    private final long incidents;
    private final long deadLetters;
    private final Optional<String> imbalance;

    FiniteSummary(Ledger ledger, long incidents, long deadLetters, Optional<String> imbalance) {
        this.ledger = ledger;
        this.incidents = incidents;
        this.deadLetters = deadLetters;
        this.imbalance = imbalance;
    }

    public Ledger ledger() {
        return ledger;
    }

    public long records() {
        return ledger.recordsRead();
    }

    public long alerts() {
        return sum(SourceCounts::alerts);
    }

    /** Without those that were merged into others. */
    public long incidents() {
        return incidents;
    }

    /** Lines of {@code dead-letters.ndjson}: whole records, and rejected parts of others. */
    public long deadLetters() {
        return deadLetters;
    }

    /** 1 - incidents / alerts; 0 without alerts. */
    public double reduction() {
        return alerts() == 0 ? 0 : 1 - (double) incidents / alerts();
    }

    /** Why the ledger, the records read and the alerts' rows do not agree; empty if they do. */
    public Optional<String> imbalance() {
        return imbalance;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d records, %d alerts, %d incidents (reduction %.2f %%), %d dead letters,"
                        + " ledger %s",
                records(),
                alerts(),
                incidents,
                100 * reduction(),
                deadLetters,
                imbalance.map(why -> "NOT exact: " + why).orElse("exact"));
    }

    private long sum(ToLongFunction<SourceCounts> part) {
        return ledger.counts().values().stream().mapToLong(part).sum();
    }
}
