// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import java.io.Serializable;
import java.util.Objects;

/** What may be recommended, who calls whom at the start, and how long an answer may take. */
public final class AskingPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RunbookCatalogue catalogue;
    private final ControlSettings control;
    private final long deadlineMillis;
    private final DeadlineClock clock;

    /**
     * @param deadlineMillis for one analysis in all, retries and lesser roads too
     * @param clock that deadlines are told by
     */
    public AskingPolicy(
            RunbookCatalogue catalogue,
            ControlSettings control,
            long deadlineMillis,
            DeadlineClock clock) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.control = Objects.requireNonNull(control, "control");
        this.deadlineMillis = deadlineMillis;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    RunbookCatalogue catalogue() {
        return catalogue;
    }

    ControlSettings control() {
        return control;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    DeadlineClock clock() {
        return clock;
    }
}
