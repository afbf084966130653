// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.udfs.diagnosis.memory.PatternLearning;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The newest pattern that names an affected service as the cause; else the best memory of an
 * affected service whose remedy helped more often than not. Confidences are judgements, not
 * measured.
 */
final class PatternsAndMemories {
    private static final double SEEN = 0.6;
    private static final double REMEMBERED = 0.5;

    private PatternsAndMemories() {}

    static Optional<Diagnosis> of(DiagnosisRequest request) {
        return pattern(request).or(() -> memory(request));
    }

    private static Optional<Diagnosis> pattern(DiagnosisRequest request) {
        return request.matches().stream()
                .filter(match -> !match.services().isEmpty())
                .filter(match -> isAffected(match.services().get(0), request))
                .max(
                        Comparator.comparingLong(PatternMatch::lastMillis)
                                .thenComparing(PatternMatch::patternId)
                                .thenComparing(PatternMatch::subject))
                .map(
                        match ->
                                diagnosis(
                                        request,
                                        match.services().get(0),
                                        match.words(),
                                        EvidenceRef.of(match),
                                        SEEN,
                                        match.patternId()));
    }

    private static Optional<Diagnosis> memory(DiagnosisRequest request) {
        return request.memories().stream()
                .filter(memory -> memory.worked() > memory.failed())
                .filter(memory -> memory.type() == request.incident().type())
                .filter(memory -> memory.services().stream().anyMatch(s -> isAffected(s, request)))
                .max(
                        Comparator.comparingDouble(MemoryHit::score)
                                .thenComparing(MemoryHit::patternId))
                .map(
                        memory ->
                                diagnosis(
                                        request,
                                        memory.services().stream()
                                                .filter(s -> isAffected(s, request))
                                                .findFirst()
                                                .orElse(""),
                                        PatternLearning.AS_BEFORE + memory.rootCause(),
                                        memory.ref(),
                                        REMEMBERED,
                                        memory.patternId()));
    }

    private static Diagnosis diagnosis(
            DiagnosisRequest request,
            String service,
            String words,
            EvidenceRef evidence,
            double confidence,
            String method) {
        Action action = Remedies.on(service, request);
        return Diagnosis.answering(request)
                .service(service)
                .type(request.incident().type())
                .rootCause(words)
                .evidence(List.of(new EvidenceStep(words, List.of(evidence))))
                .confidence(confidence)
                .action(action)
                .rollbackPlan(Remedies.undoing(action))
                .source(DiagnosisSource.patterns(method))
                .build();
    }

    private static boolean isAffected(String service, DiagnosisRequest request) {
        return request.incident().services().contains(service);
    }
}
