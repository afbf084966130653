// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.consensus.agents.Runbook;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks again where an incident waits for a decision and none is under way: the last one was about
 * another type, or belonged to an earlier attempt at mending it. The question has the number after
 * that of the last decision; if somebody else asks that one too, the tally decides it once. Pure.
 */
final class FollowUpQuestions {
    private final RunbookCatalogue catalogue;

    FollowUpQuestions(RunbookCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether the runbooks that were asked about are of the type that the incident has now. */
    boolean areAnsweredBy(Decision decision, Incident incident) {
        Set<String> asked =
                decision.certificate().last().terms().candidates().actions().stream()
                        .filter(action -> !action.target().isEmpty())
                        .map(Action::runbook)
                        .collect(Collectors.toSet());
        Set<String> now =
                catalogue.against(incident.type()).stream()
                        .map(Runbook::id)
                        .collect(Collectors.toSet());
        return asked.isEmpty() ? now.isEmpty() : now.containsAll(asked);
    }

    /** The turn, and the question that follows from where it ends. */
    LifecycleTurn after(LifecycleTurn turn, List<AlertId> causes) {
        LifecycleFile file = turn.file();
        boolean waits =
                file.course()
                        .filter(course -> course.state() == IncidentState.DECIDING)
                        .isPresent();
        if (!waits || !file.questions().areAllAnswered()) {
            return turn;
        }
        Incident incident = file.course().orElseThrow().incident();
        QuestionsHeard asked = file.questions().askedNext();
        return turn.asking(
                new Question(
                        incident.tenant(),
                        incident.incidentId(),
                        asked.asked(),
                        catalogue.candidates(incident),
                        causes.stream().map(Object::toString).collect(Collectors.toList())),
                file.withoutDecision().with(asked));
    }
}
