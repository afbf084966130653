// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Severity;

/**
 * Whether a watched incident is one: the sequential probability ratio test (Wald, 1945) of alerts
 * that bring about further ones as {@link Spread} says against alerts that come anyway. For such
 * processes the logarithm of the likelihood ratio is the sum over the alerts of the logarithm of
 * how much likelier the incident made them, less the alerts it should have brought about by now.
 * Hence what comes fast is told of fast, and what trickles in is not, however much of it there is.
 */
final class WatchedEvidence {
    /** An incident is told of if chance explains it by the significance to this power. */
    private static final double SURE = 2;

    private final LiveEntries entries;
    private final double sure;

    WatchedEvidence(LiveEntries entries, double significance) {
        this.entries = entries;
        this.sure = SURE * -Math.log(significance);
    }

    /** Alerts that the incident should have brought about since it last showed one there. */
    double due(LiveIncident incident, Alert alert, Neighbourhoods near) {
        return due(incident, alert.service(), alert.eventTimeMillis(), near);
    }

    /** Whether it is critical, or known well enough to be told of. */
    boolean isEnough(LiveIncident incident, Neighbourhoods near, long timeMillis) {
        if (incident.open().incident().severity() == Severity.CRITICAL) {
            return true;
        }
        double left = incident.evidence() - sure;
        if (left < 0) {
            return false;
        }
        for (String service : incident.services()) {
            left -= due(incident, service, timeMillis, near);
        }
        return left >= 0;
    }

    private double due(
            LiveIncident incident, String service, long timeMillis, Neighbourhoods near) {
        if (!incident.services().contains(service) || !near.topology().knows(service)) {
            return 0;
        }
        long last = entries.ofService(service).lastOf(incident);
        double share = last == Long.MIN_VALUE ? 1 : Spread.share(timeMillis - last);
        return near.offspring(service) * share;
    }
}
