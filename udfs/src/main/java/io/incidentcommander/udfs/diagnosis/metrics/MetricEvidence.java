// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.EvidenceKind;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.RankedCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the metrics say, beside what a diagnosis says for other reasons: for it or against it. */
public final class MetricEvidence {
    private MetricEvidence() {}

    /**
     * The diagnosis with one more step of what the metrics put first, unless it cites metrics
     * already, has no room, or they say nothing.
     */
    public static Diagnosis beside(Diagnosis diagnosis, DiagnosisRequest request) {
        List<RankedCause> causes = request.causal().causes();
        boolean room = diagnosis.evidence().size() < Diagnosis.MOST_STEPS;
        if (causes.isEmpty() || !room || told(diagnosis).isPresent()) {
            return diagnosis;
        }
        RankedCause first = causes.get(0);
        List<EvidenceRef> own = CausalVerdict.refs(first);
        List<EvidenceRef> cites = own.isEmpty() ? request.causal().refs() : own;
        if (cites.isEmpty()) {
            return diagnosis;
        }
        boolean agrees = first.node().equals(diagnosis.service());
        String claim =
                (agrees ? "Metrics say so too: " : "Metrics put " + first.node() + " first: ")
                        + first.evidence().stream().findFirst().orElse(first.node());
        List<EvidenceStep> steps = new ArrayList<>(diagnosis.evidence());
        steps.add(new EvidenceStep(claim, cites));
        return diagnosis.toBuilder().evidence(steps).build();
    }

    /** The first step that rests on metrics. */
    public static Optional<EvidenceStep> told(Diagnosis diagnosis) {
        return diagnosis.evidence().stream()
                .filter(
                        step ->
                                step.cites().stream()
                                        .anyMatch(ref -> ref.kind() == EvidenceKind.METRIC))
                .findFirst();
    }
}
