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
    private final QuestionsHeard questions;

    public LifecycleFile(
            Optional<IncidentCourse> course,
            Optional<LifecycleFact> diagnosis,
            Optional<Decision> decision,
            QuestionsHeard questions) {
        this.course = course;
        this.diagnosis = diagnosis;
        this.decision = decision;
        this.questions = questions;
    }

    /** Nothing is known. */
    public static LifecycleFile empty() {
        return new LifecycleFile(
                Optional.empty(), Optional.empty(), Optional.empty(), QuestionsHeard.none());
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

    /** What was decided and asked so far. */
    public QuestionsHeard questions() {
        return questions;
    }

    LifecycleFile with(QuestionsHeard next) {
        return new LifecycleFile(course, diagnosis, decision, next);
    }

    LifecycleFile with(Optional<IncidentCourse> next) {
        return next.isEmpty() ? empty() : new LifecycleFile(next, diagnosis, decision, questions);
    }

    LifecycleFile keeping(LifecycleFact early) {
        return new LifecycleFile(course, Optional.of(early), decision, questions);
    }

    LifecycleFile keeping(Decision early) {
        return new LifecycleFile(course, diagnosis, Optional.of(early), questions);
    }

    LifecycleFile withoutDiagnosis() {
        return new LifecycleFile(course, Optional.empty(), decision, questions);
    }

    LifecycleFile withoutDecision() {
        return new LifecycleFile(course, diagnosis, Optional.empty(), questions);
    }
}
