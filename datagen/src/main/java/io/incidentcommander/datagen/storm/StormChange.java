// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.Objects;
import java.util.Optional;

/** That a team changed a service of the company that a storm happens to. Immutable. */
public final class StormChange {
    private final String service;
    private final String what;
    private final String team;
    private final long atMillis;
    private final Optional<FaultScenario> causes;

    StormChange(
            String service,
            String what,
            String team,
            long atMillis,
            Optional<FaultScenario> causes) {
        this.service = Objects.requireNonNull(service, "service");
        this.what = Objects.requireNonNull(what, "what");
        this.team = Objects.requireNonNull(team, "team");
        this.atMillis = atMillis;
        this.causes = Objects.requireNonNull(causes, "causes");
    }

    public String service() {
        return service;
    }

    public String what() {
        return what;
    }

    /** Whose change it is. */
    public String team() {
        return team;
    }

    /** Epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    /** The fault that came of it; empty: it harmed nobody, whatever it looks like. */
    public Optional<FaultScenario> causes() {
        return causes;
    }

    @Override
    public String toString() {
        return service + " " + what;
    }
}
