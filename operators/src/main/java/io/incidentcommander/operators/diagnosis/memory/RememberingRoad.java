// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.SpendEntry;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.diagnosis.memory.RecollectionRecord;
import io.incidentcommander.operators.diagnosis.DeadlineClock;
import io.incidentcommander.operators.diagnosis.ModelRoad;
import io.incidentcommander.udfs.diagnosis.memory.MemoryTexts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.util.IOUtils;

/**
 * Searches the memory first, asks the road behind it with what was found, and says in the diagnosis
 * what that was. The search gets a third of the time that is left, a minute at most; what it does
 * not find in time is done without. An analysis that runs again is given what was found at first.
 */
public final class RememberingRoad implements ModelRoad {
    private static final int SHARE = 3;

    private final ModelRoad road;
    private final IncidentMemory memory;
    private final RecollectionRecord record;
    private final DeadlineClock clock;
    private final Counter partly;
    private final Counter unavailable;
    private final Counter unrecorded;

    RememberingRoad(
            ModelRoad road,
            IncidentMemory memory,
            RecollectionRecord record,
            DeadlineClock clock,
            MetricGroup metrics) {
        this.road = road;
        this.memory = memory;
        this.record = record;
        this.clock = clock;
        this.partly = metrics.counter("memory_searched_partly", new ThreadSafeSimpleCounter());
        this.unavailable = metrics.counter("memory_unavailable", new ThreadSafeSimpleCounter());
        this.unrecorded = metrics.counter("memory_not_recorded", new ThreadSafeSimpleCounter());
    }

    /** The road with a memory before it. */
    public static Opener before(
            Opener road, MemoryOpener memory, RecollectionRecord record, DeadlineClock clock) {
        return (metrics, routers) ->
                new RememberingRoad(
                        road.open(metrics, routers), memory.open(metrics), record, clock, metrics);
    }

    @Override
    public CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millisLeft) {
        long deadline = clock.millis() + millisLeft;
        long within = Math.min(IncidentMemory.MAX_SEARCH_MILLIS, millisLeft / SHARE);
        MemoryQuery query = MemoryTexts.query(request);
        return recorded(request.id(), query)
                .<CompletionStage<Recollection>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> search(request.id(), query, within))
                .thenCompose(
                        found ->
                                road.ask(
                                                request.toBuilder().memories(found.hits()).build(),
                                                Math.max(1, deadline - clock.millis()))
                                        .thenApply(
                                                diagnosis ->
                                                        diagnosis.toBuilder()
                                                                .recollection(found)
                                                                .build()));
    }

    @Override
    public List<SpendEntry> spent() {
        return road.spent();
    }

    @Override
    public void restore(List<SpendEntry> before) {
        road.restore(before);
    }

    @Override
    public void reset() {
        road.reset();
        memory.reset();
    }

    @Override
    public void close() {
        IOUtils.closeAllQuietly(road, memory);
    }

    private CompletionStage<Recollection> search(String analysis, MemoryQuery query, long within) {
        return asked(query, within)
                .exceptionally(failure -> Recollection.none(failure.toString()))
                .thenApply(found -> keep(analysis, query, counted(found)));
    }

    /** A client that throws instead of returning a failed stage has failed as well. */
    private CompletableFuture<Recollection> asked(MemoryQuery query, long within) {
        try {
            return memory.search(query, within);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private Optional<Recollection> recorded(String analysis, MemoryQuery query) {
        try {
            return record.find(analysis, query);
        } catch (IOException e) {
            unrecorded.inc(); // A record that cannot be read is none: it is searched again.
            return Optional.empty();
        }
    }

    private Recollection keep(String analysis, MemoryQuery query, Recollection found) {
        try {
            record.keep(analysis, query, found);
        } catch (IOException e) {
            unrecorded.inc(); // The diagnosis goes on; a replay of it may find something else.
        }
        return found;
    }

    private Recollection counted(Recollection found) {
        if (found.extent() == Recollection.Extent.NONE) {
            unavailable.inc();
        } else if (found.extent() != Recollection.Extent.WHOLE) {
            partly.inc();
        }
        return found;
    }
}
