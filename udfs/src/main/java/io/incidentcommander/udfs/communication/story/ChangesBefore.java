// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.story;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ServiceChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What changed before an incident began, in a line for people: what was changed within the hour
 * before on the services that it affects, and on those they call, directly or not; the newest
 * first, three at most. What its alerts say of a deployment comes after that.
 */
final class ChangesBefore {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST = 3;
    private static final int MOST_PERSON = 40;

    private ChangesBefore() {}

    /** Empty if nothing is known to have changed. */
    static String of(Incident incident, long eventTimeMillis, ControlBook book) {
        long began = incident.openedAtMillis();
        List<ServiceChange> changes = book.changes(incident.tenant(), began - HOUR_MILLIS, began);
        List<String> said = new ArrayList<>();
        if (!changes.isEmpty()) {
            Set<String> concerned =
                    concerned(
                            incident.services(),
                            book.rules(incident.tenant(), eventTimeMillis).topology());
            changes.stream()
                    .filter(change -> concerned.contains(change.service()))
                    .limit(MOST)
                    .forEach(change -> said.add(words(change, began)));
        }
        if (incident.type() == IncidentType.DEPLOYMENT_REGRESSION
                && !incident.grounds().evidence().isEmpty()) {
            said.add("its alerts say: " + incident.grounds().evidence().get(0));
        }
        return String.join("; ", said);
    }

    private static Set<String> concerned(List<String> affected, Topology topology) {
        Set<String> services = new HashSet<>(affected);
        for (String service : affected) {
            topology.around(service, Topology.MAX_HOPS, TopologyDirection.CALLEES)
                    .forEach(services::addAll);
        }
        return services;
    }

    private static String words(ServiceChange change, long began) {
        long minutes = (began - change.atMillis()) / MINUTE_MILLIS;
        String by = change.by();
        return change.service()
                + " "
                + change.what()
                + " by "
                + (by.length() > MOST_PERSON ? by.substring(0, MOST_PERSON) : by)
                + ", "
                + (minutes == 0 ? "less than a minute" : minutes + " min")
                + " before";
    }
}
