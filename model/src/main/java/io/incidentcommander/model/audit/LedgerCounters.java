// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Collects what an operator counts until {@link #drain}. Made for once per record: records of one
 * source usually come with one and the same string, which is recognised by identity; any other
 * costs one lookup in a small map. Bounded by the number of sources. Not thread safe.
 */
public final class LedgerCounters {
    /** Identical to no source, not even to one without a name. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String NO_SOURCE = new String("");

    private final String stage;
    private final Map<String, long[]> cellsBySource = new HashMap<>();
    private String lastSource = NO_SOURCE;
    private long[] lastCells = {};

    /**
     * @param stage the stage or operator that counts
     */
    public LedgerCounters(String stage) {
        this.stage = Objects.requireNonNull(stage, "stage");
    }

    /** {@code n} records more had this outcome; a correction may be negative. */
    public void add(String source, RecordOutcome outcome, long n) {
        cellsOf(source)[SourceCounts.cell(outcome)] += n;
    }

    /** {@code n} alerts more were decoded. */
    public void addAlerts(String source, long n) {
        cellsOf(source)[SourceCounts.ALERTS] += n;
    }

    /**
     * {@code n} alerts more ended so; a correction may be negative.
     *
     * @throws IllegalArgumentException for {@link Disposition#PENDING}, which is what is left over
     */
    public void add(String source, Disposition disposition, long n) {
        if (disposition == Disposition.PENDING) {
            throw new IllegalArgumentException("Pending is not counted: it is what is left over");
        }
        cellsOf(source)[SourceCounts.cell(disposition)] += n;
    }

    public boolean isEmpty() {
        return cellsBySource.isEmpty();
    }

    /** What was counted since the last time; then all counters stand at zero. */
    public LedgerDelta drain() {
        TreeMap<String, SourceCounts> counts = new TreeMap<>();
        cellsBySource.forEach((source, cells) -> counts.put(source, new SourceCounts(cells)));
        cellsBySource.clear();
        lastSource = NO_SOURCE;
        return new LedgerDelta(stage, counts);
    }

    @SuppressWarnings("ReferenceEquality")
    private long[] cellsOf(String source) {
        if (source != lastSource) {
            lastCells = cellsBySource.computeIfAbsent(source, s -> new long[SourceCounts.CELLS]);
            lastSource = source;
        }
        return lastCells;
    }
}
