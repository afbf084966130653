// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.Optional;

/**
 * What deduplication decided about one run: whether its first or its last alert goes on, and what
 * became of the others. Immutable.
 */
public final class RunDecision {
    /** Which alert of a run goes on. */
    public enum Notified {
        NONE,
        FIRST,
        /**
         * The last one, which ends the slice. The run has a decision for its first as well, so this
         * one accounts for no alert but the last.
         */
        LAST
    }

    private final AlertRun run;
    private final Notified notified;
    private final Optional<NotifyReason> reason;
    private final Disposition rest;
    private final AlertId representative;

    private RunDecision(
            AlertRun run,
            Notified notified,
            Optional<NotifyReason> reason,
            Disposition rest,
            AlertId representative) {
        this.run = run;
        this.notified = notified;
        this.reason = reason;
        this.rest = rest;
        this.representative = representative;
    }

    static RunDecision notify(AlertRun run, NotifyReason reason) {
        return new RunDecision(
                run, Notified.FIRST, Optional.of(reason), Disposition.DUPLICATE, run.firstId());
    }

    static RunDecision notifyLast(AlertRun run, NotifyReason reason) {
        return new RunDecision(
                run, Notified.LAST, Optional.of(reason), Disposition.DUPLICATE, run.lastId());
    }

    static RunDecision repeat(AlertRun run, AlertId representative) {
        return none(run, Disposition.DUPLICATE, representative);
    }

    static RunDecision late(AlertRun run, AlertId representative) {
        return none(run, Disposition.LATE, representative);
    }

    private static RunDecision none(AlertRun run, Disposition rest, AlertId representative) {
        return new RunDecision(run, Notified.NONE, Optional.empty(), rest, representative);
    }

    public AlertRun run() {
        return run;
    }

    public Notified notified() {
        return notified;
    }

    /** Present unless nothing goes on. */
    public Optional<NotifyReason> reason() {
        return reason;
    }

    /** What the alerts of the run are that do not go on. */
    public Disposition rest() {
        return rest;
    }

    /** The alert that stands for those. */
    public AlertId representative() {
        return representative;
    }

    @Override
    public String toString() {
        return run + ": " + notified + " " + reason + ", rest " + rest + " of " + representative;
    }
}
