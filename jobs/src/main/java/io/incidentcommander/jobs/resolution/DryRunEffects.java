// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.Playbook;
import java.util.Optional;

/** Says what would be done, and does nothing: no incident is taken for mended by it. */
public final class DryRunEffects implements Effects {
    @Override
    public String mode() {
        return "dry-run";
    }

    @Override
    public Optional<String> insteadOf(ActionPlan plan) {
        return Optional.of("dry run, nothing was changed; it would have been: " + plan.steps());
    }

    @Override
    public Hands forAction(Playbook playbook, ActionOrder order) {
        throw new IllegalStateException("A dry run has no hands");
    }

    @Override
    public void close() {}
}
