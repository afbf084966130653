// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What agents answer to a request: a function of request and case, so that an agent that is asked
 * again after a failure says the same again.
 */
public final class Ballots implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TEXT = 1000;
    private static final double LIE = 0.99;

    private final RunbookCatalogue catalogue;

    public Ballots(RunbookCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The recommendation, unsigned; empty if the agent has no seat in the round. */
    public Optional<Recommendation> honest(
            BuiltInAgent agent, RoundRequest request, CaseFile file) {
        return request.terms().roster().seat(agent.agent()).map(seat -> of(seat, request, file));
    }

    private Recommendation of(Seat seat, RoundRequest request, CaseFile file) {
        Opinion opinion =
                BuiltInAgent.ofName(seat.agent())
                        .orElseThrow()
                        .opinion(
                                file,
                                catalogue,
                                request.terms().candidates(),
                                action -> support(request, action));
        Optional<Runbook> runbook = catalogue.of(opinion.action());
        List<String> evidence = request.evidence();
        return Recommendation.builder()
                .answering(request)
                .from(seat)
                .action(opinion.action().id())
                .confidence(opinion.confidence())
                .risk(runbook.map(Runbook::risk).orElse(RiskLevel.LOW))
                .estimatedMillis(runbook.map(Runbook::estimatedMillis).orElse(0L))
                .issuedAtMillis(request.terms().requestedAtMillis())
                .evidenceIds(
                        evidence.subList(0, Math.min(evidence.size(), Recommendation.MAX_EVIDENCE)))
                .reasoning(bounded(opinion.reasoning()))
                .rollbackPlan(bounded(runbook.map(Runbook::rollback).orElse("")))
                .build();
    }

    /**
     * What the agent says with its key in the wrong hands, for demonstrations: very surely to do
     * nothing (or, where that would be right, to hand over). Once it grows bold it says what is
     * right too, under another request, to look honest to whoever hears only that: two votes in one
     * round, it equivocates.
     */
    public List<Recommendation> compromised(
            BuiltInAgent agent, RoundRequest request, CaseFile file, boolean bold) {
        Optional<Recommendation> honest = honest(agent, request, file);
        if (honest.isEmpty()) {
            return List.of();
        }
        ActionId right = honest.get().action();
        Recommendation lie =
                honest.get().toBuilder().action(otherThan(right, request)).confidence(LIE).build();
        return bold
                ? List.of(
                        lie,
                        lie.toBuilder()
                                .action(right)
                                .requestId("again-" + request.requestId())
                                .build())
                : List.of(lie);
    }

    /** The last on the list, or the last but one: doing nothing, or handing over. */
    private static ActionId otherThan(ActionId right, RoundRequest request) {
        List<Action> actions = request.terms().candidates().actions();
        ActionId last = actions.get(actions.size() - 1).id();
        return last.equals(right) ? actions.get(actions.size() - 2).id() : last;
    }

    private static int support(RoundRequest request, ActionId action) {
        return request.before().stream()
                .filter(support -> support.action().equals(action))
                .mapToInt(ActionSupport::powerPpm)
                .sum();
    }

    private static String bounded(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }
}
