// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import java.util.Optional;

/**
 * All that is kept of one incident: its course, and what came before its time. Immutable.
 *
 * <p>Diagnosis and votes begin with the first alerts and may end before the incident's course has
 * come to them.
 */
public final class LifecycleFile {
    private final Optional<IncidentCourse> course;
    private final Optional<LifecycleFact> diagnosis;
    private final Optional<Decision> decision;

    public LifecycleFile(
            Optional<IncidentCourse> course,
            Optional<LifecycleFact> diagnosis,
            Optional<Decision> decision) {
        this.course = course;
        this.diagnosis = diagnosis;
        this.decision = decision;
    }

    /** Nothing is known. */
    public static LifecycleFile empty() {
        return new LifecycleFile(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Optional<IncidentCourse> course() {
        return course;
    }

    /** That came while nobody waited for it. */
    public Optional<LifecycleFact> diagnosis() {
        return diagnosis;
    }

    /** That came while nobody waited for it; of the latest question. */
    public Optional<Decision> decision() {
        return decision;
    }

    LifecycleFile with(Optional<IncidentCourse> next) {
        return next.isEmpty() ? empty() : new LifecycleFile(next, diagnosis, decision);
    }

    LifecycleFile keeping(LifecycleFact early) {
        return new LifecycleFile(course, Optional.of(early), decision);
    }

    LifecycleFile keeping(Decision early) {
        return new LifecycleFile(course, diagnosis, Optional.of(early));
    }

    LifecycleFile withoutDiagnosis() {
        return new LifecycleFile(course, Optional.empty(), decision);
    }

    LifecycleFile withoutDecision() {
        return new LifecycleFile(course, diagnosis, Optional.empty());
    }
}
