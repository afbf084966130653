// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.List;
import java.util.stream.Collectors;

/** How a run stands at one moment. Immutable. */
public final class RunPicture {
    private final RunSetting setting;
    private final double seconds;
    private final long published;
    private final long consumed;
    private final long lagMillis;
    private final Ledger ledger;
    private final List<Incident> incidents;
    private final List<IncidentEvent> newestEvents;
    private final RunDecisions decisions;
    private final RunDiagnoses diagnoses;
    private final RunTold told;

    RunPicture(
            RunSetting setting,
            double seconds,
            long published,
            long consumed,
            long lagMillis,
            Ledger ledger,
            List<Incident> incidents,
            List<IncidentEvent> newestEvents,
            RunDecisions decisions,
            RunDiagnoses diagnoses) {
        this(
                setting,
                seconds,
                published,
                consumed,
                lagMillis,
                ledger,
                incidents,
                newestEvents,
                decisions,
                diagnoses,
                RunTold.nothing());
    }

    RunPicture(
            RunSetting setting,
            double seconds,
            long published,
            long consumed,
            long lagMillis,
            Ledger ledger,
            List<Incident> incidents,
            List<IncidentEvent> newestEvents,
            RunDecisions decisions,
            RunDiagnoses diagnoses,
            RunTold told) {
        this.setting = setting;
        this.seconds = seconds;
        this.published = published;
        this.consumed = consumed;
        this.lagMillis = lagMillis;
        this.ledger = ledger;
        this.incidents = incidents;
        this.newestEvents = newestEvents;
        this.decisions = decisions;
        this.diagnoses = diagnoses;
        this.told = told;
    }

    /** Of now. */
    static RunPicture now(RunSetting setting, StormPublisher publisher, RunTold told) {
        return new RunPicture(
                setting,
                (System.currentTimeMillis() - publisher.startMillis()) / 1000.0,
                publisher.acknowledged(),
                RunJob.consumed(),
                publisher.lagMillis(),
                RunBoard.ledger(),
                RunBoard.incidents().stream()
                        .map(RunBoard.Standing::incident)
                        .collect(Collectors.toList()),
                RunBoard.newestEvents(),
                DecisionBoard.now(),
                DiagnosisBoard.now(),
                told);
    }

    RunSetting setting() {
        return setting;
    }

    /** Since the storm began. */
    double seconds() {
        return seconds;
    }

    /** Records acknowledged by the broker. */
    long published() {
        return published;
    }

    /** Records read by the job. */
    long consumed() {
        return consumed;
    }

    /** How far the publisher is behind its schedule. */
    long lagMillis() {
        return lagMillis;
    }

    /** As of the last completed checkpoint. */
    Ledger ledger() {
        return ledger;
    }

    List<Incident> incidents() {
        return incidents;
    }

    /** In the order in which they came. */
    RunDecisions decisions() {
        return decisions;
    }

    /** In the order in which they came. */
    RunDiagnoses diagnoses() {
        return diagnoses;
    }

    /** As the receivers have it. */
    RunTold told() {
        return told;
    }

    /** Newest first. */
    List<IncidentEvent> newestEvents() {
        return newestEvents;
    }
}
