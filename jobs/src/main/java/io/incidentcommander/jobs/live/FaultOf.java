// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which fault an incident is of. */
final class FaultOf {
    private FaultOf() {}

    /**
     * The last fault that had begun when the incident opened and reaches one of its services; empty
     * for background.
     *
     * @param truths in order of time
     */
    static Optional<FaultTruth> incident(Incident incident, List<FaultTruth> truths) {
        FaultTruth found = null;
        for (FaultTruth truth : truths) {
            boolean shared = !Collections.disjoint(truth.affectedServices(), incident.services());
            if (shared && truth.faultMillis() <= incident.openedAtMillis()) {
                found = truth;
            }
        }
        return Optional.ofNullable(found);
    }
}
