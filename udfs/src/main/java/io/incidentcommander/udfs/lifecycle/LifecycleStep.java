// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What one fact made of an incident's course: where it stands, what to tell, what to ask for, or
 * why nothing happened. Filled by {@link Lifecycle} during one call, read only afterwards.
 */
public final class LifecycleStep {
    private final List<IncidentEvent> events = new ArrayList<>(1);
    private final List<LifecycleWish> wishes = new ArrayList<>(1);
    private Optional<IncidentCourse> course;
    private Optional<LifecycleRefusal> refusal = Optional.empty();

    LifecycleStep(Optional<IncidentCourse> course) {
        this.course = course;
    }

    void become(IncidentCourse next) {
        course = Optional.of(next);
    }

    void end() {
        course = Optional.empty();
    }

    void tell(IncidentEvent event) {
        events.add(event);
    }

    void wish(LifecycleWish wish) {
        wishes.add(wish);
    }

    LifecycleStep refuse(String why) {
        refusal = Optional.of(LifecycleRefusal.refused(why));
        return this;
    }

    LifecycleStep stale(String why) {
        refusal = Optional.of(LifecycleRefusal.stale(why));
        return this;
    }

    /** Empty: there is none, or no longer. Its deadline is the one timer that is needed. */
    public Optional<IncidentCourse> course() {
        return course;
    }

    /** In order, each on the head of the one before. */
    public List<IncidentEvent> events() {
        return Collections.unmodifiableList(events);
    }

    public List<LifecycleWish> wishes() {
        return Collections.unmodifiableList(wishes);
    }

    /** Why the fact changed nothing; empty if it counted. */
    public Optional<LifecycleRefusal> refusal() {
        return refusal;
    }
}
