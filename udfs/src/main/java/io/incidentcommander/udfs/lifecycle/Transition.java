// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.Objects;
import java.util.Optional;

/** One row of the {@link LifecycleTable}: in this state, at this signal, go there. Immutable. */
public final class Transition {
    private final IncidentState from;
    private final LifecycleSignal signal;
    private final Optional<IncidentState> to;

    Transition(IncidentState from, LifecycleSignal signal, Optional<IncidentState> to) {
        this.from = Objects.requireNonNull(from, "from");
        this.signal = Objects.requireNonNull(signal, "signal");
        this.to = to;
    }

    public IncidentState from() {
        return from;
    }

    public LifecycleSignal signal() {
        return signal;
    }

    /** Empty: its life ends, and its state is forgotten. */
    public Optional<IncidentState> to() {
        return to;
    }

    /** It stays in its state. */
    public boolean stays() {
        return to.filter(from::equals).isPresent();
    }

    @Override
    public String toString() {
        return from.word()
                + " -"
                + signal.word()
                + "-> "
                + to.map(IncidentState::word).orElse("over");
    }
}
