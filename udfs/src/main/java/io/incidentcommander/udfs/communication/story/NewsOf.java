// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.story;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.NewsSource;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.udfs.communication.template.IncidentBriefs;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.util.Locale;
import java.util.Optional;

/** What each part of the system has to say of an incident: only what it knows itself. */
public final class NewsOf {
    private NewsOf() {}

    /** Whatever the kind of the event: what counts is how the incident stands after it. */
    public static IncidentNews event(IncidentEvent event, ControlBook book) {
        long millis = event.eventTimeMillis();
        return new IncidentNews(
                NewsSource.INCIDENT,
                millis,
                IncidentBriefs.of(event, book.rules(event.tenant(), millis).catalogue()).toBuilder()
                        .changed(ChangesBefore.of(event.incident(), millis, book))
                        .build());
    }

    /** Counted by its attempt. */
    public static IncidentNews diagnosis(Diagnosis diagnosis) {
        return new IncidentNews(
                NewsSource.DIAGNOSIS,
                diagnosis.diagnosedAtMillis(),
                IncidentBrief.of(diagnosis.tenant(), diagnosis.incidentId(), diagnosis.attempt())
                        .cause(diagnosis.rootCause())
                        .confidence(diagnosis.confidence())
                        .news(
                                String.format(
                                        Locale.ROOT,
                                        "Diagnosed (%s, %d %%): %s",
                                        diagnosis.source().road().word(),
                                        Math.round(100 * diagnosis.confidence()),
                                        diagnosis.rootCause()))
                        .build());
    }

    /** Counted by its attempt. One that a human has to take says so: its state is ESCALATED. */
    public static IncidentNews decision(Decision decision) {
        String step = step(decision);
        return new IncidentNews(
                NewsSource.DECISION,
                decision.outcome().decidedAtMillis(),
                IncidentBrief.of(decision.tenant(), decision.incidentId(), decision.attempt())
                        .state(
                                isForHumans(decision)
                                        ? IncidentState.ESCALATED
                                        : IncidentState.DECIDING)
                        .nextStep(step)
                        .news("Decided: " + step)
                        .build());
    }

    /**
     * Empty if a receiver learns nothing from it: what changes the incident itself comes as an
     * event.
     *
     * @param fact that is a command
     */
    public static Optional<IncidentNews> human(LifecycleFact fact) {
        IncidentBrief.Builder brief =
                IncidentBrief.of(fact.tenant(), fact.incidentId(), fact.sequence());
        switch (fact.signal()) {
            case ACKNOWLEDGED:
                brief.acknowledgedBy(fact.who()).news(fact.who() + " acknowledged it");
                break;
            case TAKEN_OVER:
                brief.acknowledgedBy(fact.who()).news(fact.who() + " took it over");
                break;
            case HANDED_BACK:
                brief.news(fact.who() + " gave it back");
                break;
            default:
                return Optional.empty();
        }
        return Optional.of(new IncidentNews(NewsSource.HUMAN, fact.timeMillis(), brief.build()));
    }

    private static boolean isForHumans(Decision decision) {
        return !decision.status().agreed() || decision.action().equals(Action.ESCALATE);
    }

    private static String step(Decision decision) {
        Action action = decision.action();
        double power = decision.outcome().support().powerPpm() / (double) Seat.WHOLE_PPM;
        String target = action.target().isEmpty() ? "" : " on " + action.target();
        return String.format(
                Locale.ROOT,
                "%s%s (%s, %.0f %% of the power)",
                action.runbook(),
                target,
                word(decision),
                100 * power);
    }

    private static String word(Decision decision) {
        switch (decision.status()) {
            case DECIDED:
                return "decided";
            case NEEDS_APPROVAL:
                return "waits for approval";
            case UNRESOLVED:
                return "no agreement, a human decides";
            case HUMAN_ONLY:
                return "a human decides";
            default:
                return "the best that was recommended, a human decides";
        }
    }
}
