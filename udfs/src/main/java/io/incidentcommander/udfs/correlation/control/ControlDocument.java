// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.udfs.correlation.calendar.PlannedWindow;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.correlation.inhibition.InhibitRule;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.silence.Silence;
import java.util.List;
import java.util.Optional;

/** One control file as it was read: any of the sections of docs/control.md. Immutable. */
public final class ControlDocument {
    private final String tenant;
    private final List<CatalogueEntry> services;
    private final List<SourceExpectation> sources;
    private final List<ServiceCall> calls;
    private final List<Silence> silences;
    private final List<InhibitRule> inhibition;
    private final Optional<Route> route;
    private final List<PlannedWindow> maintenance;
    private final List<PlannedWindow> freezes;

    ControlDocument(
            String tenant,
            List<CatalogueEntry> services,
            List<SourceExpectation> sources,
            List<ServiceCall> calls,
            List<Silence> silences,
            List<InhibitRule> inhibition,
            Optional<Route> route,
            List<PlannedWindow> maintenance,
            List<PlannedWindow> freezes) {
        this.tenant = tenant;
        this.services = List.copyOf(services);
        this.sources = List.copyOf(sources);
        this.calls = List.copyOf(calls);
        this.silences = List.copyOf(silences);
        this.inhibition = List.copyOf(inhibition);
        this.route = route;
        this.maintenance = List.copyOf(maintenance);
        this.freezes = List.copyOf(freezes);
    }

    /** Whose it is; {@code *}: everybody's. */
    public String tenant() {
        return tenant;
    }

    public List<CatalogueEntry> services() {
        return services;
    }

    /** Which the tenant expects to hear from. */
    public List<SourceExpectation> sources() {
        return sources;
    }

    /** Of the topology, and of the services' dependencies. */
    public List<ServiceCall> calls() {
        return calls;
    }

    public List<Silence> silences() {
        return silences;
    }

    public List<InhibitRule> inhibition() {
        return inhibition;
    }

    public Optional<Route> route() {
        return route;
    }

    public List<PlannedWindow> maintenance() {
        return maintenance;
    }

    public List<PlannedWindow> freezes() {
        return freezes;
    }

    /** Whether any part of it can keep an alert from being told. */
    public boolean canSuppress() {
        return !silences.isEmpty()
                || !inhibition.isEmpty()
                || route.isPresent()
                || !maintenance.isEmpty();
    }

    @Override
    public String toString() {
        return services.size()
                + " services, "
                + calls.size()
                + " calls, "
                + silences.size()
                + " silences, "
                + inhibition.size()
                + " inhibition rules, "
                + maintenance.size()
                + " maintenance windows, "
                + freezes.size()
                + " freezes"
                + (route.isPresent() ? ", routing" : "");
    }
}
