// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** For modes without effects: nothing has to survive. Nobody approves here. Thread safe. */
public final class MemoryLedger implements ActionLedger {
    private final Map<UUID, StepRecord> steps = new HashMap<>();
    private final Set<String> stops = new HashSet<>();

    @Override
    public synchronized Optional<StepRecord> find(UUID token) {
        return Optional.ofNullable(steps.get(token));
    }

    @Override
    public synchronized boolean intend(StepRecord intent, String what) {
        return steps.putIfAbsent(intent.token(), intent) == null;
    }

    @Override
    public synchronized void conclude(StepRecord result) {
        steps.put(result.token(), result);
    }

    @Override
    public synchronized boolean isStopped(String incidentId, int attempt) {
        return stops.contains(incidentId + attempt);
    }

    @Override
    public synchronized void stop(String incidentId, int attempt) {
        stops.add(incidentId + attempt);
    }

    @Override
    public List<Approval> approvals(String decisionId) {
        return List.of();
    }

    @Override
    public boolean use(Approval approval) {
        return false;
    }

    @Override
    public void close() {}
}
