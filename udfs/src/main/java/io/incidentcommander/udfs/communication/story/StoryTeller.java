// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.story;

import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.IncidentStory;
import io.incidentcommander.model.communication.NewsSource;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.util.Optional;

/**
 * One brief out of what several have to say. The incident's own event is the ground; a diagnosis
 * knows the cause better, a decision the next step, a human who has it. Where events do not tell of
 * diagnoses and decisions themselves, the state goes on with them: an incident that was detected is
 * being decided once it is diagnosed.
 */
public final class StoryTeller {
    private StoryTeller() {}

    /** Empty until the incident itself is heard of. */
    public static Optional<IncidentBrief> tell(IncidentStory story, IncidentNews latest) {
        Optional<IncidentBrief> incident = story.of(NewsSource.INCIDENT);
        if (incident.isEmpty()) {
            return Optional.empty();
        }
        IncidentBrief.Builder brief = incident.get().toBuilder();
        IncidentState state = incident.get().state();
        Optional<IncidentBrief> diagnosis = story.of(NewsSource.DIAGNOSIS);
        if (diagnosis.isPresent()) {
            brief.cause(diagnosis.get().cause()).confidence(diagnosis.get().confidence());
            state = state == IncidentState.DETECTED ? IncidentState.DECIDING : state;
        }
        Optional<IncidentBrief> decision = story.of(NewsSource.DECISION);
        if (decision.isPresent() && state != IncidentState.RESOLVED) {
            brief.nextStep(decision.get().nextStep());
            boolean open = state.compareTo(IncidentState.RESOLVING) < 0;
            state = open ? decision.get().state() : state;
        }
        story.of(NewsSource.HUMAN)
                .flatMap(IncidentBrief::acknowledgedBy)
                .ifPresent(brief::acknowledgedBy);
        return Optional.of(
                brief.state(state).sequence(story.sequence()).news(latest.brief().news()).build());
    }
}
