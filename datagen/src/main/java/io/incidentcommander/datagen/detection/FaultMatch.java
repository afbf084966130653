// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.detection;

import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which fault an incident is of. */
public final class FaultMatch {
    private FaultMatch() {}

    /**
     * Of the faults that went on while the incident did, the one that shares most services with it;
     * of equals, the earlier. Empty: it has nothing to do with any of them.
     */
    public static Optional<FaultTruth> of(Incident incident, List<FaultTruth> truths) {
        FaultTruth found = null;
        int most = 0;
        for (FaultTruth truth : truths) {
            Set<String> shared = new HashSet<>(truth.affectedServices());
            shared.retainAll(incident.services());
            if (shared.size() > most && overlaps(incident, truth)) {
                found = truth;
                most = shared.size();
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean overlaps(Incident incident, FaultTruth truth) {
        long until = incident.isClosed() ? incident.closedAtMillis() : Long.MAX_VALUE;
        return incident.openedAtMillis() <= truth.endMillis()
                && until >= truth.firstSymptomMillis();
    }
}
