// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * What became of steps when they were real, from a record. It has no client, and no way to one. A
 * step that was never made failed; what was begun was allowed, by people too.
 */
public final class ReplayEffects implements Effects {
    private final Map<UUID, StepRecord.Status> recorded;

    public ReplayEffects(Map<UUID, StepRecord.Status> recorded) {
        this.recorded = new HashMap<>(recorded);
    }

    @Override
    public String mode() {
        return "replay";
    }

    @Override
    public Optional<String> insteadOf(ActionPlan plan) {
        return wasBegun(plan)
                ? Optional.empty()
                : Optional.of("when it was live no step of it was begun");
    }

    @Override
    public boolean wasBegun(ActionPlan plan) {
        return recorded.containsKey(plan.steps().get(0).token());
    }

    @Override
    public Hands forAction(Playbook playbook, ActionOrder order) {
        return new Hands() {
            @Override
            public boolean isReady(PlanStep step, BooleanSupplier stopped) {
                return true;
            }

            @Override
            public Known start(PlanStep step) {
                return lookUp(step);
            }

            @Override
            public Known lookUp(PlanStep step) {
                return recorded.get(step.token()) == StepRecord.Status.DONE
                        ? Known.SUCCEEDED
                        : Known.FAILED;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
