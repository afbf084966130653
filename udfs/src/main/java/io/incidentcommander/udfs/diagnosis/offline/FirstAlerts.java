// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which alerts a diagnosis can look at: of a service the first that fires of each name, {@value
 * #MOST_OF_SERVICE} names in ten minutes. What comes again says nothing new. Remembers what it let
 * through; bound: so many names of so many services, past which it begins anew and lets some
 * through twice. Not thread safe.
 */
public final class FirstAlerts {
    /** Names of one service. */
    public static final int MOST_OF_SERVICE = 6;

    /** Event time for which an alert counts. */
    public static final long KEEP_MILLIS = 600_000;

    private final int mostServices;
    private final Map<String, Map<String, List<Seen>>> tenants = new HashMap<>();
    private int services;

    private static final class Seen {
        final String name;
        final long untilMillis;

        Seen(String name, long untilMillis) {
            this.name = name;
            this.untilMillis = untilMillis;
        }
    }

    public FirstAlerts(int mostServices) {
        this.mostServices = mostServices;
    }

    /** Whether the alert says something new; of two of a name only the first does. */
    public boolean isNew(Alert alert) {
        if (alert.status() != AlertStatus.FIRING) {
            return false;
        }
        List<Seen> seen = of(alert.tenant(), alert.service());
        seen.removeIf(one -> one.untilMillis <= alert.eventTimeMillis());
        for (Seen one : seen) {
            if (one.name.equals(alert.name())) {
                return false;
            }
        }
        if (seen.size() >= MOST_OF_SERVICE) {
            return false;
        }
        seen.add(new Seen(alert.name(), alert.eventTimeMillis() + KEEP_MILLIS));
        return true;
    }

    private List<Seen> of(String tenant, String service) {
        List<Seen> known = tenants.getOrDefault(tenant, Map.of()).get(service);
        if (known != null) {
            return known;
        }
        if (services >= mostServices) {
            tenants.clear();
            services = 0;
        }
        services++;
        List<Seen> none = new ArrayList<>(1);
        tenants.computeIfAbsent(tenant, name -> new HashMap<>()).put(service, none);
        return none;
    }
}
