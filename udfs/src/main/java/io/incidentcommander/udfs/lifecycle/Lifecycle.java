// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.Optional;

/**
 * The state machine of incidents. A course is a function of the facts and their event times alone:
 * deadlines that lie before a fact are met first, whether or not their timer has fired yet. A fact
 * that means nothing where the incident stands is refused with a reason, never by an exception. Of
 * commands only growing sequences count, so that one that is said again changes nothing, and
 * whatever became of one, its sequence is used.
 */
public final class Lifecycle {
    private final LifecyclePolicy policy;
    private final CourseChange change;

    public Lifecycle(LifecyclePolicy policy, IncidentCost cost) {
        this.policy = policy;
        this.change = new CourseChange(policy, cost);
    }

    LifecyclePolicy policy() {
        return policy;
    }

    /**
     * @param course empty: nothing is known of the incident
     * @param fact about the course's incident
     */
    public LifecycleStep apply(Optional<IncidentCourse> course, LifecycleFact fact) {
        LifecycleStep step = new LifecycleStep(course);
        boolean isDeadline = isDeadline(fact.signal());
        while (step.course().isPresent()
                && step.course().get().deadlineMillis() < fact.timeMillis()) {
            meetDeadline(step, step.course().get());
        }
        if (step.course().isEmpty()) {
            return begin(step, fact);
        }
        IncidentCourse now = step.course().get();
        if (isDeadline) {
            return now.deadlineMillis() <= fact.timeMillis()
                    ? meetDeadline(step, now)
                    : step.events().isEmpty()
                            ? step.refuse("not due before " + now.deadlineMillis())
                            : step;
        }
        if (fact.isCommand()) {
            if (fact.sequence() <= now.commandSequence()) {
                return step.stale("sequence " + now.commandSequence() + " was heard before");
            }
            now = now.toBuilder().commandSequence(fact.sequence()).build();
            step.become(now);
        }
        if (fact.attempt() != LifecycleFact.ANY_ATTEMPT && fact.attempt() != now.attempt()) {
            return step.refuse("of attempt " + fact.attempt() + ", now is " + now.attempt());
        }
        return take(step, now, fact, meaning(now, fact));
    }

    private LifecycleStep begin(LifecycleStep step, LifecycleFact fact) {
        if (fact.signal() != LifecycleSignal.OPENED || fact.incident().isEmpty()) {
            return step.refuse("nothing is known of the incident");
        }
        change.open(step, fact);
        return step;
    }

    private LifecycleStep meetDeadline(LifecycleStep step, IncidentCourse now) {
        boolean last =
                now.state() == IncidentState.ESCALATED && now.reminders() >= policy.reminders();
        LifecycleSignal signal = last ? LifecycleSignal.LAST_DEADLINE : LifecycleSignal.DEADLINE;
        Incident incident = now.incident();
        return take(
                step,
                now,
                LifecycleFact.of(
                        incident.tenant(),
                        incident.incidentId(),
                        signal,
                        now.deadlineMillis(),
                        now.attempt(),
                        "lifecycle",
                        incident.state().word()
                                + " for "
                                + (now.deadlineMillis() - now.phaseSinceMillis()) / 1000
                                + " s"
                                + policy.roles().missing(now.state())),
                signal);
    }

    private LifecycleStep take(
            LifecycleStep step, IncidentCourse now, LifecycleFact fact, LifecycleSignal signal) {
        Optional<Transition> row = LifecycleTable.at(now.state(), signal);
        if (row.isEmpty()) {
            return step.refuse("means nothing while " + now.state().word() + ": " + signal.word());
        }
        if (signal == LifecycleSignal.SEVERITY_SET && fact.severity().isEmpty()) {
            return step.refuse("names no severity");
        }
        if (changesNothing(now, fact, signal)) {
            return step.refuse("known already");
        }
        change.follow(step, now, row.get(), fact);
        return step;
    }

    /** What the fact means for this course: whether something is back depends on its past. */
    private LifecycleSignal meaning(IncidentCourse now, LifecycleFact fact) {
        boolean resolved = now.state() == IncidentState.RESOLVED;
        switch (fact.signal()) {
            case UPDATED:
                boolean trails = fact.timeMillis() <= now.phaseSinceMillis() + policy.trailMillis();
                return resolved && !trails ? returned(now) : LifecycleSignal.UPDATED;
            case RETURNED:
            case RETURNED_AGAIN:
                boolean late = fact.timeMillis() < now.phaseSinceMillis();
                return resolved && !late ? returned(now) : LifecycleSignal.UPDATED;
            default:
                return fact.signal();
        }
    }

    private static LifecycleSignal returned(IncidentCourse now) {
        return now.resolutions() >= 2 ? LifecycleSignal.RETURNED_AGAIN : LifecycleSignal.RETURNED;
    }

    /** A repetition, which delivery at least once may bring at any time. */
    private static boolean changesNothing(
            IncidentCourse now, LifecycleFact fact, LifecycleSignal signal) {
        switch (signal) {
            case UPDATED:
                return fact.incident().filter(seen -> isNews(now, seen)).isEmpty();
            case SEVERITY_SET:
                return now.severityIsHuman() && fact.severity().get() == now.incident().severity();
            case TAKEN_OVER:
                return fact.who().equals(now.owner());
            case QUIET:
                return fact.timeMillis() < now.phaseSinceMillis()
                        && now.state() == IncidentState.DETECTED;
            default:
                return false;
        }
    }

    private static boolean isNews(IncidentCourse now, Incident seen) {
        Incident known = now.incident();
        return seen.alertCount() > known.alertCount()
                || seen.type() != known.type()
                || !known.services().containsAll(seen.services())
                || (!now.severityIsHuman() && seen.severity().compareTo(known.severity()) > 0);
    }

    private static boolean isDeadline(LifecycleSignal signal) {
        return signal == LifecycleSignal.DEADLINE || signal == LifecycleSignal.LAST_DEADLINE;
    }
}
