// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;

/** What can be recommended once it is known where an incident began. */
final class Remedies {
    private Remedies() {}

    /** The first that is offered for the service; else that a human decides. */
    static Action on(String service, DiagnosisRequest request) {
        return request.candidates().stream()
                .filter(action -> action.target().equals(service))
                .findFirst()
                .orElse(Action.ESCALATE);
    }

    static String undoing(Action action) {
        return action.equals(Action.ESCALATE)
                ? ""
                : "As the runbook " + action.runbook() + " says.";
    }
}
