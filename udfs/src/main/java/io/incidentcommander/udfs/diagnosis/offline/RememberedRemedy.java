// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.udfs.diagnosis.memory.PatternLearning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What to do, by what was done before about incidents of this type: of the actions that are offered
 * for the service the one that was verified to help most often, less how often it was verified not
 * to; of equals the first. Where none is left that did not fail more often than it helped, a human
 * decides. What it goes by is a step of the evidence.
 */
final class RememberedRemedy {
    private final Diagnosis diagnosis;
    private final DiagnosisRequest request;

    private RememberedRemedy(Diagnosis diagnosis, DiagnosisRequest request) {
        this.diagnosis = diagnosis;
        this.request = request;
    }

    /** The diagnosis with that action; as it is where memories say nothing of its actions. */
    static Diagnosis in(Diagnosis diagnosis, DiagnosisRequest request) {
        return diagnosis.action().equals(Action.ESCALATE)
                ? diagnosis
                : new RememberedRemedy(diagnosis, request).applied();
    }

    private Diagnosis applied() {
        Action best =
                request.candidates().stream()
                        .filter(action -> action.target().equals(diagnosis.service()))
                        .filter(action -> balance(action) >= 0)
                        .sorted(Comparator.comparingInt(this::balance).reversed())
                        .findFirst()
                        .orElse(Action.ESCALATE);
        Action told = memories(best).isEmpty() ? diagnosis.action() : best;
        if (memories(told).isEmpty()) {
            return diagnosis;
        }
        List<EvidenceStep> evidence = new ArrayList<>(diagnosis.evidence());
        evidence.add(step(told));
        return diagnosis.toBuilder()
                .action(best)
                .rollbackPlan(Remedies.undoing(best))
                .evidence(evidence)
                .build();
    }

    private EvidenceStep step(Action action) {
        List<MemoryHit> memories = memories(action);
        String claim =
                String.format(
                        Locale.ROOT,
                        "%s helped %d of %d times that it was tried and verified",
                        PatternLearning.remedy(action),
                        memories.stream().mapToInt(MemoryHit::worked).sum(),
                        memories.stream().mapToInt(hit -> hit.worked() + hit.failed()).sum());
        return new EvidenceStep(
                claim, memories.stream().map(MemoryHit::ref).collect(Collectors.toList()));
    }

    private int balance(Action action) {
        return memories(action).stream().mapToInt(hit -> hit.worked() - hit.failed()).sum();
    }

    private List<MemoryHit> memories(Action action) {
        String remedy = PatternLearning.remedy(action);
        return request.memories().stream()
                .filter(hit -> hit.type() == request.incident().type())
                .filter(hit -> hit.remedy().equals(remedy))
                .collect(Collectors.toList());
    }
}
