// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.AgentStanding;
import java.util.Objects;

/** A standing after a report, and what became of the report. Immutable. */
public final class StandingChange {
    private final AgentStanding standing;
    private final Intake intake;

    StandingChange(AgentStanding standing, Intake intake) {
        this.standing = Objects.requireNonNull(standing, "standing");
        this.intake = Objects.requireNonNull(intake, "intake");
    }

    public AgentStanding standing() {
        return standing;
    }

    public Intake intake() {
        return intake;
    }

    @Override
    public String toString() {
        return intake + ": " + standing;
    }
}
