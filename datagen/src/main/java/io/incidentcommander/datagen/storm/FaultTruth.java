// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.List;

/** What really happened, for comparison with what was found. Immutable. */
public final class FaultTruth {
    private final FaultScenario scenario;
    private final long faultMillis;

    FaultTruth(FaultScenario scenario, long faultMillis) {
        this.scenario = scenario;
        this.faultMillis = faultMillis;
    }

    public FaultScenario scenario() {
        return scenario;
    }

    public IncidentType type() {
        return scenario.type();
    }

    public String origin() {
        return scenario.origin();
    }

    /** The origin first. */
    public List<String> affectedServices() {
        return scenario.affectedServices();
    }

    /** When the first symptom fires (epoch ms). */
    public long faultMillis() {
        return faultMillis;
    }

    @Override
    public String toString() {
        return scenario.optionName() + " at " + origin() + " from " + faultMillis;
    }
}
