// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.CommandLedger;
import io.incidentcommander.udfs.resolution.ActionCommand;
import io.incidentcommander.udfs.resolution.ActionStop;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * For modes without effects: nothing has to survive, nothing waits for anybody, and a stop has
 * nothing to stop. Thread safe.
 */
public final class MemoryLedger implements ActionLedger, CommandLedger {
    private final Map<UUID, StepRecord> steps = new HashMap<>();
    private final Set<String> stops = new HashSet<>();
    private final Map<String, ActionStop> gates = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();

    @Override
    public synchronized Optional<StepRecord> find(UUID token) {
        return Optional.ofNullable(steps.get(token));
    }

    @Override
    public synchronized boolean intend(StepRecord intent, String what) {
        return steps.putIfAbsent(intent.token(), intent) == null;
    }

    @Override
    public synchronized StepRecord conclude(StepRecord result) {
        return steps.merge(
                result.token(), result, (known, r) -> known.status().isFinal() ? known : r);
    }

    @Override
    public synchronized Optional<String> stopped(String tenant, String incidentId, int attempt) {
        return stops.contains(incidentId + attempt) ? Optional.of("stopped") : Optional.empty();
    }

    @Override
    public synchronized void stop(String incidentId, int attempt) {
        stops.add(incidentId + attempt);
    }

    @Override
    public void await(AwaitedAction action) {}

    @Override
    public Optional<AwaitedAction> awaited(String decisionId) {
        return Optional.empty();
    }

    @Override
    public Optional<String> rejection(String decisionId) {
        return Optional.empty();
    }

    @Override
    public void reject(AwaitedAction awaited, ActionCommand rejection) {}

    @Override
    public boolean isUsed(Approval approval) {
        return false;
    }

    @Override
    public boolean approve(ActionCommand approval) {
        return false;
    }

    @Override
    public synchronized Optional<ActionStop> stop(String scope) {
        return Optional.ofNullable(gates.get(scope));
    }

    @Override
    public synchronized void turnOn(ActionStop stop) {
        gates.put(stop.scope(), stop);
    }

    @Override
    public synchronized void turnOff(ActionStop stop) {
        gates.remove(stop.scope());
    }

    @Override
    public synchronized long sequence(String tenant, String id) {
        return sequences.getOrDefault(tenant + '\n' + id, 0L);
    }

    @Override
    public synchronized void remember(String tenant, String id, long sequence) {
        sequences.put(tenant + '\n' + id, sequence);
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
    public void worked(String tenant, ActionId action, String decisionId, long millis) {}

    @Override
    public int timesWorked(
            String tenant, ActionId action, String exceptDecisionId, long sinceMillis) {
        return 0;
    }

    @Override
    public void close() {}
}
