// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is worth remembering once an outcome is verified. */
public final class PatternLearning {
    /** Begins a cause that is taken from a memory, and is not part of it. */
    public static final String AS_BEFORE = "As before: ";

    private PatternLearning() {}

    /**
     * The pattern of an incident: how it looked, what was held to be its cause, and the action that
     * was verified to help, or not to. It has the type that the incident had, by which it will be
     * looked for, also where the diagnosis holds it to be of another. Empty if nothing was done, if
     * a human did it, or if the action was none of the candidates.
     */
    public static Optional<IncidentPattern> of(
            DiagnosisRequest request, Diagnosis diagnosis, VerifiedOutcome outcome) {
        Optional<ActionId> id = outcome.right().or(outcome::wrong);
        return request.candidates().stream()
                .filter(action -> id.isPresent() && action.id().equals(id.get()))
                .filter(PatternLearning::isRemedy)
                .findFirst()
                .map(action -> pattern(request, diagnosis, outcome, action));
    }

    private static IncidentPattern pattern(
            DiagnosisRequest request, Diagnosis diagnosis, VerifiedOutcome outcome, Action action) {
        Incident incident = request.incident();
        return IncidentPattern.builder()
                .tenant(incident.tenant())
                .incidentId(incident.incidentId())
                .derivedFrom(derivedFrom(diagnosis))
                .type(incident.type())
                .services(incident.services())
                .symptoms(MemoryTexts.symptoms(request))
                .rootCause(MemoryTexts.clean(cause(diagnosis)))
                .remedy(remedy(action))
                .worked(outcome.right().isPresent())
                .learnedAtMillis(outcome.verifiedAtMillis())
                .build();
    }

    /** The incidents whose memories the diagnosis cites: it must not come back to them as news. */
    private static List<String> derivedFrom(Diagnosis diagnosis) {
        return diagnosis.recollection().hits().stream()
                .filter(
                        hit ->
                                diagnosis.evidence().stream()
                                        .anyMatch(step -> step.cites().contains(hit.ref())))
                .map(MemoryHit::incidentId)
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    private static String cause(Diagnosis diagnosis) {
        String words = diagnosis.rootCause();
        if (words.startsWith(AS_BEFORE)) {
            return words.substring(AS_BEFORE.length());
        }
        return diagnosis.service().isEmpty() ? words : diagnosis.service() + ": " + words;
    }

    /** How the action is told in a memory. */
    public static String remedy(Action action) {
        return action.target().isEmpty()
                ? action.runbook()
                : action.runbook() + " of " + action.target();
    }

    private static boolean isRemedy(Action action) {
        return !action.equals(Action.ESCALATE) && !action.equals(Action.NO_ACTION);
    }
}
