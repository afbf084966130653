// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling.flapping;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.sampling.FlapHistory;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.List;
import java.util.Optional;

/** What goes on, what never will and why, and what is remembered. Immutable. */
public final class FlapDecision {
    private final FlapHistory history;
    private final List<NotableAlert> passed;
    private final List<NotableAlert> dropped;
    private final String reason;

    FlapDecision(
            FlapHistory history,
            List<NotableAlert> passed,
            List<NotableAlert> dropped,
            String reason) {
        this.history = history;
        this.passed = List.copyOf(passed);
        this.dropped = List.copyOf(dropped);
        this.reason = reason;
    }

    public FlapHistory history() {
        return history;
    }

    public List<NotableAlert> passed() {
        return passed;
    }

    /** Repeats of what was told, which stands for them. */
    public List<NotableAlert> dropped() {
        return dropped;
    }

    /** Why those that were dropped were. */
    public String reason() {
        return reason;
    }

    /** The alert that stands for those that were dropped. */
    public Optional<AlertId> representative() {
        return history.told();
    }
}
