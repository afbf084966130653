// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.template;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What there is to say after an event of an incident, from the incident, what its classification
 * rests on, and the catalogue. An incident that another took over has ended for its readers. What
 * changed, the next step and who acknowledged stand in no event: they are for the caller to add.
 */
public final class IncidentBriefs {
    private IncidentBriefs() {}

    public static IncidentBrief of(IncidentEvent event, ServiceCatalogue catalogue) {
        Incident incident = event.incident();
        Grounds grounds = incident.grounds();
        boolean over = incident.isClosed() || incident.mergedInto().isPresent();
        CatalogueEntry home = catalogue.get(home(incident));
        return IncidentBrief.of(event.tenant(), event.incidentId(), event.sequence())
                .severity(incident.severity())
                .state(over ? IncidentState.RESOLVED : incident.state())
                .broken(incident.title())
                .services(incident.services())
                .sinceMillis(incident.openedAtMillis())
                .owner(home.owner())
                .impact(impact(incident, catalogue))
                .cause(cause(incident))
                .confidence(grounds.isEmpty() ? 0 : incident.confidence())
                .runbook(home.runbook())
                .links(links(incident, catalogue))
                .news(
                        incident.mergedInto()
                                .map(other -> "Now part of incident " + other)
                                .orElse(event.cause()))
                .build();
    }

    /** Where it probably began, else the first service. */
    private static String home(Incident incident) {
        List<String> origins = incident.grounds().origins();
        List<String> services = incident.services();
        return !origins.isEmpty() ? origins.get(0) : services.isEmpty() ? "" : services.get(0);
    }

    private static String cause(Incident incident) {
        Grounds grounds = incident.grounds();
        if (grounds.isEmpty()) {
            return "";
        }
        String type = incident.type().word().replace('_', ' ');
        String where = grounds.origins().isEmpty() ? "" : " at " + grounds.origins().get(0);
        String why = grounds.evidence().isEmpty() ? "" : ": " + grounds.evidence().get(0);
        return type + where + why;
    }

    private static String impact(Incident incident, ServiceCatalogue catalogue) {
        long users = 0;
        Set<String> tiers = new TreeSet<>();
        for (String service : incident.services()) {
            users += catalogue.get(service).users();
            tiers.add(catalogue.get(service).tier().name());
        }
        return String.format(
                Locale.ROOT,
                "%d services (%s), %d users, %s USD so far, %d alerts",
                incident.services().size(),
                String.join(", ", tiers),
                users,
                incident.costUsd().toPlainString(),
                incident.alertCount());
    }

    private static List<String> links(Incident incident, ServiceCatalogue catalogue) {
        List<String> links = new ArrayList<>();
        for (String service : incident.services()) {
            String dashboard = catalogue.get(service).dashboard();
            if (!dashboard.isEmpty() && !links.contains(dashboard)) {
                links.add(dashboard);
            }
        }
        return links;
    }
}
