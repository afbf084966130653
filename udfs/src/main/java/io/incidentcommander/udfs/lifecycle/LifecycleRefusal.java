// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.correlation.ControlReport;
import java.util.Objects;

/** Why something that was said of an incident changed nothing. Immutable. */
public final class LifecycleRefusal {
    private final ControlReport.Outcome outcome;
    private final String why;

    private LifecycleRefusal(ControlReport.Outcome outcome, String why) {
        this.outcome = outcome;
        this.why = Objects.requireNonNull(why, "why");
    }

    /** It means nothing where the incident stands. */
    static LifecycleRefusal refused(String why) {
        return new LifecycleRefusal(ControlReport.Outcome.REFUSED, why);
    }

    /** It was heard before, or a later one was. */
    static LifecycleRefusal stale(String why) {
        return new LifecycleRefusal(ControlReport.Outcome.STALE, why);
    }

    /** What whoever said it is told. */
    public ControlReport.Outcome outcome() {
        return outcome;
    }

    /** One line. */
    public String why() {
        return why;
    }

    @Override
    public String toString() {
        return outcome.word() + ": " + why;
    }
}
