// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisSource.Road;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;

/** What other stages say, in the words of the life of an incident. Pure functions. */
public final class LifecycleFacts {
    private LifecycleFacts() {}

    /** Of what correlation tells. */
    public static LifecycleFact of(IncidentEvent event) {
        return LifecycleFact.seen(
                        signal(event), event.incident(), event.eventTimeMillis(), event.cause())
                .becauseOf(event.causingAlerts());
    }

    /** Of an analysis, which takes its time outside event time. */
    public static LifecycleFact of(Diagnosis diagnosis) {
        boolean failed = diagnosis.source().road() == Road.HUMAN;
        return LifecycleFact.of(
                diagnosis.tenant(),
                diagnosis.incidentId(),
                failed ? LifecycleSignal.DIAGNOSIS_FAILED : LifecycleSignal.DIAGNOSED,
                LifecycleFact.NO_TIME,
                LifecycleFact.ANY_ATTEMPT,
                "diagnosis/" + diagnosis.source().road().word(),
                failed
                        ? "nobody could say: a human has to look; decided without a cause"
                        : diagnosis.rootCause());
    }

    private static LifecycleSignal signal(IncidentEvent event) {
        switch (event.kind()) {
            case OPENED:
                return LifecycleSignal.OPENED;
            case UPDATED:
                return LifecycleSignal.UPDATED;
            case CLOSED:
                return LifecycleSignal.QUIET;
            case REOPENED:
                return LifecycleSignal.RETURNED;
            case MERGED:
                return LifecycleSignal.MERGED;
        }
        throw new IllegalStateException("No such kind: " + event.kind());
    }
}
