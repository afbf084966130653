// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.util.TreeSet;

/** What a transition does to a course: clocks, attempts, the event to tell, what to ask for. */
final class CourseChange {
    private final LifecyclePolicy policy;
    private final IncidentCost cost;

    CourseChange(LifecyclePolicy policy, IncidentCost cost) {
        this.policy = policy;
        this.cost = cost;
    }

    void open(LifecycleStep step, LifecycleFact fact) {
        Incident opened =
                fact.incident().orElseThrow().toBuilder()
                        .state(IncidentState.DETECTED)
                        .closedAtMillis(Incident.NOT_CLOSED)
                        .sequence(0)
                        .build();
        IncidentCourse begun = enter(IncidentCourse.builder(opened).build(), fact.timeMillis());
        step.become(tell(step, begun, IncidentEventKind.OPENED, fact));
    }

    void follow(LifecycleStep step, IncidentCourse before, Transition row, LifecycleFact fact) {
        long at = Math.max(fact.timeMillis(), before.incident().updatedAtMillis());
        IncidentCourse after = withNews(before, row.signal(), fact, at);
        if (before.state() == IncidentState.RESOLVING && leavesUndone(row)) {
            step.wish(new LifecycleWish(LifecycleWish.Kind.STOP_ACTION, before.attempt(), at));
        }
        if (row.to().isEmpty()) {
            finish(step, after, row, fact, at);
            return;
        }
        IncidentState to = row.to().get();
        if (!row.stays()) {
            after = moved(after, before, row, fact.who(), at);
        } else if (to == IncidentState.ESCALATED && row.signal() == LifecycleSignal.DEADLINE) {
            after = enter(after.toBuilder().reminders(before.reminders() + 1).build(), at);
        } else if (row.signal() == LifecycleSignal.ACKNOWLEDGED && to == IncidentState.ESCALATED) {
            after = after.toBuilder().phase(at, at + policy.acknowledgedMillis()).build();
        }
        after = charged(after, at);
        step.become(tell(step, after, kindOf(row), fact, promise(before, after, at)));
        if (to != IncidentState.DETECTED
                && (!row.stays() || row.signal() == LifecycleSignal.DEADLINE)) {
            step.wish(new LifecycleWish(wishIn(to), after.attempt(), after.deadlineMillis()));
        }
    }

    private IncidentCourse moved(
            IncidentCourse after, IncidentCourse before, Transition row, String who, long at) {
        IncidentState to = row.to().orElseThrow();
        Incident incident =
                after.incident().toBuilder()
                        .state(to)
                        .closedAtMillis(to == IncidentState.RESOLVED ? at : Incident.NOT_CLOSED)
                        .build();
        IncidentCourse.Builder next = after.toBuilder().incident(incident).reminders(0);
        if (to == IncidentState.RESOLVED) {
            next.resolutions(before.resolutions() + 1).owner("");
        }
        if (before.state() == IncidentState.RESOLVED) {
            next.episode(at, before.incident().costUsd()).attempt(before.attempt() + 1).askedBy("");
        }
        if (row.signal() == LifecycleSignal.HANDED_BACK) {
            next.attempt(before.attempt() + 1).owner("").askedBy(who);
        }
        return enter(next.build(), at);
    }

    /** What the fact says of the incident itself. */
    private static IncidentCourse withNews(
            IncidentCourse before, LifecycleSignal signal, LifecycleFact fact, long at) {
        Incident.Builder incident = before.incident().toBuilder().updatedAtMillis(at);
        IncidentCourse.Builder after = before.toBuilder();
        fact.incident().ifPresent(seen -> merge(incident, before, seen));
        if (signal == LifecycleSignal.SEVERITY_SET) {
            incident.severity(fact.severity().orElseThrow());
            after.severityIsHuman(true);
        }
        if (signal == LifecycleSignal.TAKEN_OVER) {
            after.owner(fact.who());
        }
        return after.incident(incident.build()).build();
    }

    private static void merge(Incident.Builder incident, IncidentCourse before, Incident seen) {
        Incident known = before.incident();
        TreeSet<String> services = new TreeSet<>(known.services());
        services.addAll(seen.services());
        incident.services(services)
                .alertCount(Math.max(known.alertCount(), seen.alertCount()))
                .keptAlerts(Math.max(known.keptAlerts(), seen.keptAlerts()));
        if (seen.alertCount() >= known.alertCount()) {
            incident.type(seen.type())
                    .confidence(seen.confidence())
                    .grounds(seen.grounds())
                    .title(seen.title());
        }
        if (!before.severityIsHuman() && seen.severity().compareTo(known.severity()) > 0) {
            incident.severity(seen.severity());
        }
        seen.mergedInto().ifPresent(incident::mergedInto);
    }

    private void finish(
            LifecycleStep step, IncidentCourse after, Transition row, LifecycleFact fact, long at) {
        if (row.signal() == LifecycleSignal.MERGED) {
            IncidentCourse charged = charged(after, at);
            Incident merged =
                    charged.incident().toBuilder()
                            .state(IncidentState.RESOLVED)
                            .closedAtMillis(at)
                            .build();
            tell(
                    step,
                    charged.toBuilder().incident(merged).build(),
                    IncidentEventKind.MERGED,
                    fact);
        } else if (row.signal() == LifecycleSignal.LAST_DEADLINE) {
            IncidentCourse charged = charged(after, at);
            Incident left = charged.incident().toBuilder().closedAtMillis(at).build();
            tell(step, charged.toBuilder().incident(left).build(), IncidentEventKind.CLOSED, fact);
        }
        step.end();
    }

    /** While nobody has mended it, it costs. */
    private IncidentCourse charged(IncidentCourse course, long at) {
        Incident incident = course.incident();
        long until = incident.isClosed() ? incident.closedAtMillis() : at;
        return course.toBuilder()
                .incident(
                        incident.toBuilder()
                                .costUsd(
                                        course.earlierCostUsd()
                                                .add(
                                                        cost.between(
                                                                incident.tenant(),
                                                                incident.services(),
                                                                course.episodeMillis(),
                                                                until)))
                                .build())
                .build();
    }

    private IncidentCourse enter(IncidentCourse course, long at) {
        return course.toBuilder().phase(at, at + policy.longestMillis(course.state())).build();
    }

    /** What to say of the promise, if it is in more danger than when the last event was told. */
    private String promise(IncidentCourse before, IncidentCourse after, long at) {
        SlaClock sla = policy.promises();
        SlaRisk was = sla.risk(before.incident(), before.incident().updatedAtMillis());
        SlaRisk is = sla.risk(after.incident(), at);
        return is.compareTo(was) > 0
                ? "; promised within "
                        + sla.promisedMillis(after.incident()) / 60_000
                        + " min: "
                        + is.words()
                : "";
    }

    private IncidentCourse tell(
            LifecycleStep step, IncidentCourse after, IncidentEventKind kind, LifecycleFact fact) {
        return tell(step, after, kind, fact, "");
    }

    private IncidentCourse tell(
            LifecycleStep step,
            IncidentCourse after,
            IncidentEventKind kind,
            LifecycleFact fact,
            String more) {
        IncidentEvent event =
                IncidentEventChain.next(
                        after.head(),
                        kind,
                        after.incident(),
                        after.incident().updatedAtMillis(),
                        fact.who(),
                        fact.signal().word()
                                + (fact.detail().isEmpty() ? "" : ": " + fact.detail())
                                + more,
                        fact.causes());
        step.tell(event);
        return after.toBuilder().incident(event.incident()).head(event.head()).build();
    }

    private static boolean leavesUndone(Transition row) {
        return !row.stays()
                && row.signal() != LifecycleSignal.ACTION_DONE
                && row.signal() != LifecycleSignal.ACTION_FAILED;
    }

    private static IncidentEventKind kindOf(Transition row) {
        if (row.from() == IncidentState.RESOLVED && !row.stays()) {
            return IncidentEventKind.REOPENED;
        }
        return row.to().filter(IncidentState.RESOLVED::equals).isPresent() && !row.stays()
                ? IncidentEventKind.CLOSED
                : IncidentEventKind.UPDATED;
    }

    private static LifecycleWish.Kind wishIn(IncidentState state) {
        switch (state) {
            case DIAGNOSING:
                return LifecycleWish.Kind.DIAGNOSE;
            case DECIDING:
                return LifecycleWish.Kind.DECIDE;
            case RESOLVING:
                return LifecycleWish.Kind.ACT;
            case VERIFYING:
                return LifecycleWish.Kind.VALIDATE;
            case RESOLVED:
                return LifecycleWish.Kind.WATCH;
            case ESCALATED:
                return LifecycleWish.Kind.CALL_HUMAN;
            case DETECTED:
                break;
        }
        throw new IllegalStateException("Nothing is asked for while " + state.word());
    }
}
