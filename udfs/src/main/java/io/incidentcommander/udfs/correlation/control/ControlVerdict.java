// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import java.util.Objects;

/** What became of an update, and why. Immutable. */
public final class ControlVerdict {
    private final ControlReport.Outcome outcome;
    private final String reason;

    private ControlVerdict(ControlReport.Outcome outcome, String reason) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    static ControlVerdict of(ControlReport.Outcome outcome, String reason) {
        return new ControlVerdict(outcome, reason);
    }

    public ControlReport.Outcome outcome() {
        return outcome;
    }

    public String reason() {
        return reason;
    }

    /** As it is reported, when event time stood at {@code millis}. */
    public ControlReport report(ControlUpdate update, long millis) {
        return new ControlReport(update.toString(), update.author(), outcome, reason, millis);
    }

    @Override
    public String toString() {
        return outcome.word() + ": " + reason;
    }
}
