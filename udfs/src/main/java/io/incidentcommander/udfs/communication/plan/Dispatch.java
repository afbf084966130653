// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import java.util.List;
import java.util.Optional;

/** What leaves now, in this order, and when to look again. Immutable. */
public final class Dispatch {
    private final List<Departure> departures;
    private final Optional<Long> wakeUpAt;

    Dispatch(List<Departure> departures, Optional<Long> wakeUpAt) {
        this.departures = List.copyOf(departures);
        this.wakeUpAt = wakeUpAt;
    }

    public List<Departure> departures() {
        return departures;
    }

    /** Processing time, epoch milliseconds; empty if nothing waits. */
    public Optional<Long> wakeUpAt() {
        return wakeUpAt;
    }
}
