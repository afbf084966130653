// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The open incidents that were opened by service alone, for want of time. However many services
 * fire there are {@value #MOST} at most; the latest takes in what comes then. Starts anew with each
 * start of the job. Not thread safe.
 */
final class ThresholdIncidents {
    static final int MOST = 20;

    private final Deque<LiveIncident> open = new ArrayDeque<>(MOST);

    void opened(LiveIncident incident) {
        open.addLast(incident);
    }

    /** The one that takes in what there is no room for; empty while one more may be opened. */
    Optional<LiveIncident> latestIfFull() {
        open.removeIf(incident -> incident.standing().isClosed());
        return open.size() < MOST ? Optional.empty() : Optional.of(open.getLast().standing());
    }
}
