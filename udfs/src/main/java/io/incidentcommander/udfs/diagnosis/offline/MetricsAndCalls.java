// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.RankedCause;
import io.incidentcommander.model.ingest.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The affected service that the causal ranking of metrics puts first, with what it saw in them. Its
 * confidence grows with the lead over the next affected one, from {@link #LEAST} to {@link #MOST}:
 * judgements, not measured.
 */
final class MetricsAndCalls {
    static final String METHOD = "metrics and calls";

    private static final int MOST_CITED = 3;
    private static final double LEAST = 0.65;
    private static final double MOST = 0.9;

    private MetricsAndCalls() {}

    /** Empty if the metrics say nothing, or of no affected service. */
    static Optional<Diagnosis> of(DiagnosisRequest request) {
        List<RankedCause> affected =
                request.causal().causes().stream()
                        .filter(cause -> request.incident().services().contains(cause.node()))
                        .collect(Collectors.toList());
        return affected.isEmpty()
                ? Optional.empty()
                : Optional.of(diagnosis(affected.get(0), lead(affected), request));
    }

    private static Diagnosis diagnosis(RankedCause cause, double lead, DiagnosisRequest request) {
        Action action = Remedies.on(cause.node(), request);
        return Diagnosis.answering(request)
                .service(cause.node())
                .type(request.incident().type())
                .rootCause(words(cause, request))
                .evidence(steps(cause, request))
                .confidence(LEAST + (MOST - LEAST) * lead)
                .action(action)
                .rollbackPlan(Remedies.undoing(action))
                .source(DiagnosisSource.causal(METHOD))
                .build();
    }

    /** From 0, as good as the next, to 1, no other. */
    private static double lead(List<RankedCause> affected) {
        double first = affected.get(0).score();
        double second = affected.size() > 1 ? affected.get(1).score() : 0;
        return first > 0 ? (first - second) / first : 0;
    }

    private static String words(RankedCause cause, DiagnosisRequest request) {
        return request.incident().type().word()
                + " of "
                + cause.node()
                + cause.evidence().stream().findFirst().map(first -> ": " + first).orElse("");
    }

    private static List<EvidenceStep> steps(RankedCause cause, DiagnosisRequest request) {
        List<EvidenceStep> steps = new ArrayList<>();
        List<EvidenceRef> series = CausalVerdict.refs(cause);
        List<EvidenceRef> all = series.isEmpty() ? request.causal().refs() : series;
        List<EvidenceRef> alerts = alerts(cause, request);
        for (String sentence : cause.evidence()) {
            // A sentence of one series cites it; one of how it spreads cites all.
            List<EvidenceRef> own =
                    series.stream()
                            .filter(ref -> sentence.startsWith(ref.id() + " "))
                            .collect(Collectors.toList());
            step(sentence, own.isEmpty() ? all : own).ifPresent(steps::add);
        }
        step(cause.node() + " has alerts", alerts).ifPresent(steps::add);
        return steps;
    }

    private static Optional<EvidenceStep> step(String sentence, List<EvidenceRef> cites) {
        return cites.isEmpty() ? Optional.empty() : Optional.of(new EvidenceStep(sentence, cites));
    }

    private static List<EvidenceRef> alerts(RankedCause cause, DiagnosisRequest request) {
        return request.alerts().stream()
                .filter(alert -> alert.service().equals(cause.node()))
                .sorted(Comparator.comparingLong(Alert::eventTimeMillis).thenComparing(Alert::id))
                .limit(MOST_CITED)
                .map(alert -> EvidenceRef.of(alert.id()))
                .collect(Collectors.toList());
    }
}
