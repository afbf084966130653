// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.List;

/** What really happened, for comparison with what was found. Immutable; times in epoch ms. */
public final class FaultTruth {
    private final FaultPlan plan;
    private final long faultMillis;
    private final long firstSymptomMillis;
    private final long endMillis;

    FaultTruth(FaultPlan plan, long faultMillis, long firstSymptomMillis, long endMillis) {
        this.plan = plan;
        this.faultMillis = faultMillis;
        this.firstSymptomMillis = firstSymptomMillis;
        this.endMillis = endMillis;
    }

    public FaultScenario scenario() {
        return plan.scenario();
    }

    public IncidentType type() {
        return plan.scenario().type();
    }

    public Severity severity() {
        return plan.scenario().severity();
    }

    public String origin() {
        return plan.origin();
    }

    /** The origin first, then as the fault reaches them. */
    public List<String> affectedServices() {
        return plan.affected();
    }

    /** When it began. */
    public long faultMillis() {
        return faultMillis;
    }

    /** When the first alert of it was sent. */
    public long firstSymptomMillis() {
        return firstSymptomMillis;
    }

    /** When all of it was over. */
    public long endMillis() {
        return endMillis;
    }

    @Override
    public String toString() {
        return scenario().optionName() + " at " + origin() + " from " + faultMillis;
    }
}
