// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceKind;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An agent that lets a model choose its vote. It votes what a model diagnosed, and says nothing
 * where a lesser road did: those roads have agents of their own, and a family has one word. Silence
 * costs no one else their power.
 */
public final class ModelAgent implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RunbookCatalogue catalogue;
    private final String agent;

    public ModelAgent(RunbookCatalogue catalogue, ModelSeat seat) {
        this.catalogue = catalogue;
        this.agent = seat.agent();
    }

    /** Its id. */
    public String agent() {
        return agent;
    }

    /**
     * The recommendation, unsigned; empty if the agent has no seat in the round, if no model made
     * the diagnosis, or if what it recommends is not on the list of the round.
     */
    public Optional<Recommendation> vote(RoundRequest request, Diagnosis diagnosis) {
        boolean isModels = diagnosis.source().road() == DiagnosisSource.Road.MODEL;
        boolean isListed = request.terms().candidates().indexOf(diagnosis.action().id()) >= 0;
        return isModels && isListed
                ? request.terms().roster().seat(agent).map(seat -> of(seat, request, diagnosis))
                : Optional.empty();
    }

    private Recommendation of(Seat seat, RoundRequest request, Diagnosis diagnosis) {
        Optional<Runbook> runbook = catalogue.of(diagnosis.action());
        return Recommendation.builder()
                .answering(request)
                .from(seat)
                .action(diagnosis.action().id())
                .confidence(diagnosis.confidence())
                .risk(runbook.map(Runbook::risk).orElse(RiskLevel.LOW))
                .estimatedMillis(runbook.map(Runbook::estimatedMillis).orElse(0L))
                .issuedAtMillis(request.terms().requestedAtMillis())
                .evidenceIds(cited(request, diagnosis))
                .reasoning(bounded(diagnosis.rootCause(), Recommendation.MAX_REASONING))
                .rollbackPlan(bounded(diagnosis.rollbackPlan(), Recommendation.MAX_ROLLBACK_PLAN))
                .build();
    }

    /** Alerts that the round knows too: what it does not know it would take for made up. */
    private static List<String> cited(RoundRequest request, Diagnosis diagnosis) {
        return diagnosis.evidence().stream()
                .flatMap(step -> step.cites().stream())
                .filter(ref -> ref.kind() == EvidenceKind.ALERT)
                .map(EvidenceRef::id)
                .filter(request.evidence()::contains)
                .distinct()
                .limit(Recommendation.MAX_EVIDENCE)
                .collect(Collectors.toList());
    }

    private static String bounded(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
