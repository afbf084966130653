// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainReport.Outcome;
import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.operators.audit.ChainInspector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Inspects the event table, and its second copy if there is one. The job may be writing both: what
 * is wrong counts only if it is still wrong at a second look, and a copy that is merely behind is
 * no finding before the third look. Owns the stores.
 */
public final class TableInspector implements ChainInspector {
    private static final int LOOKS = 2;

    /** From then on what the job wrote has to be there; before, it may be on its way. */
    private static final int LATE_LOOKS = 3;

    /**
     * And for so long it has to be missing by the clock of this machine: while a job catches up,
     * event time runs ahead of every checkpoint, and the store is written after those.
     */
    private static final long MISSING_NANOS = 600_000_000_000L;

    private static final int MOST_MISSING = 10_000;

    private final ChainStore primary;
    private final Optional<ChainStore> replica;
    private final List<? extends AutoCloseable> owned;
    private final boolean mends;
    private final NanoClock clock;

    /** By incident, since when what the job wrote is not there. */
    private final Map<String, Long> missingSince = new ConcurrentHashMap<>();

    /**
     * @param owned closed with this
     */
    private TableInspector(
            ChainStore primary,
            Optional<ChainStore> replica,
            List<? extends AutoCloseable> owned,
            boolean mends,
            NanoClock clock) {
        this.clock = clock;
        this.primary = primary;
        this.replica = replica;
        this.owned = owned;
        this.mends = mends;
    }

    /** Only looks. */
    public static TableInspector looking(
            ChainStore primary, Optional<ChainStore> replica, List<? extends AutoCloseable> owned) {
        return new TableInspector(primary, replica, owned, false, NanoClock.system());
    }

    /** The same, by another clock. */
    TableInspector by(NanoClock other) {
        return new TableInspector(primary, replica, owned, mends, other);
    }

    /** Mends from the other copy what that proves. */
    public static TableInspector mending(
            ChainStore primary, Optional<ChainStore> replica, List<? extends AutoCloseable> owned) {
        return new TableInspector(primary, replica, owned, true, NanoClock.system());
    }

    @Override
    public ChainReport inspect(ChainWatch watch) {
        try {
            return look(watch);
        } catch (IOException e) {
            return new ChainReport(watch, Outcome.UNREACHABLE, List.of(String.valueOf(e)));
        }
    }

    @Override
    public void close() {
        for (AutoCloseable store : owned) {
            try {
                store.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private ChainReport look(ChainWatch watch) throws IOException {
        ChainCheck check = ChainCheck.of(watch.incidentId(), primary, replica);
        for (int look = 1; look < LOOKS && !broken(check, watch).isEmpty(); look++) {
            check = ChainCheck.of(watch.incidentId(), primary, replica);
        }
        List<String> found = broken(check, watch);
        if (found.isEmpty()) {
            return new ChainReport(watch, Outcome.WHOLE, List.of());
        }
        if (!mends || replica.isEmpty()) {
            return new ChainReport(watch, Outcome.BROKEN, found);
        }
        ChainCheck mended = check.repaired();
        List<String> left = broken(mended, watch);
        return left.isEmpty()
                ? new ChainReport(watch, Outcome.MENDED, found)
                : new ChainReport(watch, Outcome.BROKEN, left);
    }

    private List<String> broken(ChainCheck check, ChainWatch watch) {
        List<String> broken = new ArrayList<>(check.broken());
        check.contradicts(watch.head()).ifPresent(broken::add);
        check.lacks(watch.head())
                .filter(missing -> watch.looks() >= LATE_LOOKS)
                .ifPresentOrElse(
                        missing -> {
                            if (isMissingForLong(watch.incidentId())) {
                                broken.add(missing);
                            }
                        },
                        () -> missingSince.remove(watch.incidentId()));
        return broken;
    }

    private boolean isMissingForLong(String incidentId) {
        if (missingSince.size() >= MOST_MISSING) {
            missingSince.clear(); // who waits begins to wait anew
        }
        long now = clock.nanos();
        return now - missingSince.computeIfAbsent(incidentId, id -> now) >= MISSING_NANOS;
    }
}
