// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A diagnosis without a model: the first road that finds something, of metrics and calls, logs and
 * calls, then patterns and memories, then a human; what to do is by what helped before. A function
 * of the request; always gives an answer.
 */
public final class OfflineDiagnosis {
    private static final int MOST_SEEN = 5;

    private OfflineDiagnosis() {}

    /**
     * @param before why better roads gave nothing
     * @param spent on them
     */
    public static Diagnosis of(
            DiagnosisRequest request, List<DiagnosisFailure> before, Spend spent) {
        List<DiagnosisFailure> failures = new ArrayList<>(before);
        Optional<Diagnosis> found = MetricsAndCalls.of(request);
        if (found.isEmpty()) {
            found = CallsAndLogs.of(request);
        }
        if (found.isEmpty()) {
            failures.add(nothing(DiagnosisSource.logs(CallsAndLogs.METHOD)));
            found = PatternsAndMemories.of(request);
        }
        if (found.isEmpty()) {
            failures.add(nothing(DiagnosisSource.patterns("seen or remembered")));
        }
        return found
                .map(cause -> RememberedRemedy.in(cause, request))
                .orElseGet(() -> human(request))
                .toBuilder()
                .failures(failures)
                .spend(spent)
                .diagnosedAtMillis(request.requestedAtMillis())
                .build();
    }

    /** That nobody knows, with what was seen first. */
    private static Diagnosis human(DiagnosisRequest request) {
        List<EvidenceRef> seen = request.evidence();
        List<EvidenceRef> first = seen.subList(0, Math.min(MOST_SEEN, seen.size()));
        return Diagnosis.answering(request)
                .type(request.incident().type())
                .rootCause("No cause was found without a model: a human has to look.")
                .evidence(
                        first.isEmpty()
                                ? List.of()
                                : List.of(new EvidenceStep("This was seen first.", first)))
                .build();
    }

    private static DiagnosisFailure nothing(DiagnosisSource source) {
        return new DiagnosisFailure(Kind.NOTHING_FOUND, source, "nothing speaks for one cause");
    }
}
