// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.operators.diagnosis.DeadlineClock;
import io.incidentcommander.operators.diagnosis.ModelRoad;
import io.incidentcommander.udfs.diagnosis.memory.MemoryTexts;
import java.util.concurrent.CompletionStage;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.IOUtils;

/**
 * Searches the memory first, and asks the road behind it with what was found. The search gets a
 * third of the time that is left, a minute at most; what it does not find in time is done without.
 */
public final class RememberingRoad implements ModelRoad {
    private static final int SHARE = 3;

    private final ModelRoad road;
    private final IncidentMemory memory;
    private final DeadlineClock clock;
    private final Counter partly;
    private final Counter unavailable;

    RememberingRoad(
            ModelRoad road, IncidentMemory memory, DeadlineClock clock, MetricGroup metrics) {
        this.road = road;
        this.memory = memory;
        this.clock = clock;
        this.partly = metrics.counter("memory_searched_partly");
        this.unavailable = metrics.counter("memory_unavailable");
    }

    /** The road with a memory before it. */
    public static Opener before(Opener road, MemoryOpener memory, DeadlineClock clock) {
        return (metrics, routers) ->
                new RememberingRoad(road.open(metrics, routers), memory.open(), clock, metrics);
    }

    @Override
    public CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millisLeft) {
        long deadline = clock.millis() + millisLeft;
        long within = Math.min(IncidentMemory.MAX_SEARCH_MILLIS, millisLeft / SHARE);
        return memory.search(MemoryTexts.query(request), within)
                .exceptionally(failure -> Recollection.none(failure.toString()))
                .thenCompose(
                        found ->
                                road.ask(
                                        request.toBuilder().memories(counted(found).hits()).build(),
                                        Math.max(1, deadline - clock.millis())));
    }

    @Override
    public void close() {
        IOUtils.closeAllQuietly(road, memory);
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
