// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.datagen.storm.Landscape.Role;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The demo faults: what kind of service fails, in which way the harm spreads, how bad it is and
 * what it costs. Which service, who else and which rules fire is up to the seed: {@link FaultPlan}.
 */
public enum FaultScenario {
    DATABASE_CASCADE(
            IncidentType.DATABASE_FAILURE, Severity.HIGH, 2_000, Spread.TO_CALLERS, Role.DB),
    DDOS(IncidentType.DDOS, Severity.MEDIUM, 1_500, Spread.TO_CALLED, Role.GATEWAY),
    MEMORY_LEAK(
            IncidentType.MEMORY_LEAK, Severity.LOW, 300, Spread.TO_CALLERS, Role.API, Role.WORKER),
    API_OVERLOAD(IncidentType.API_OVERLOAD, Severity.MEDIUM, 800, Spread.TO_CALLERS, Role.API),
    STORAGE_FAILURE(
            IncidentType.STORAGE_FAILURE, Severity.HIGH, 3_000, Spread.TO_CALLERS, Role.STORE);

    /** Which way harm goes along the calls. */
    enum Spread {
        /** Who needs the origin suffers. */
        TO_CALLERS,
        /** Who works for the origin gets more work than it can do. */
        TO_CALLED
    }

    private final IncidentType type;
    private final Severity severity;
    private final int usdPerMinute;
    private final Spread spread;
    private final Role[] origins;

    FaultScenario(
            IncidentType type,
            Severity severity,
            int usdPerMinute,
            Spread spread,
            Role... origins) {
        this.type = type;
        this.severity = severity;
        this.usdPerMinute = usdPerMinute;
        this.spread = spread;
        this.origins = origins;
    }

    /** As on the command line: {@code database-cascade}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FaultScenario> ofOptionName(String name) {
        return Arrays.stream(values()).filter(s -> s.optionName().equals(name)).findFirst();
    }

    public IncidentType type() {
        return type;
    }

    /** Of the incident as a whole; single alerts may be a step above or below. */
    public Severity severity() {
        return severity;
    }

    /** What the demonstration says it costs, US dollars a minute. */
    public int usdPerMinute() {
        return usdPerMinute;
    }

    Spread spread() {
        return spread;
    }

    Role[] origins() {
        return origins.clone();
    }
}
