// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.ingest.Alert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How alerts spread along the calls, as a self-exciting process (Hawkes, 1971): an alert of an
 * incident at a service makes further ones there, at its callers and, less so, at what it calls
 * likelier for a while, the less the more hops away. An alert's chance of being background is then
 * the rate at which such alerts come anyway, over that and what the incident adds.
 */
final class Outbreak {
    /** Alerts that one at the same service brings about, and one at so many hops. */
    private static final double[] BRINGS = {0.5, 0.3, 0.03, 0.006, 0.001, 0.0002};

    /** Harm spreads from what is called to who calls; the other way in load, or if told late. */
    private static final double AGAINST = 0.5;

    /** Over which what it brings about fades by 1/e: half of it soon, half of it late. */
    private static final double SOON_MILLIS = 10_000;

    private static final double LATE_MILLIS = 90_000;

    private final Alert alert;
    private final long since;
    private final boolean resumed;
    private final Map<LiveIncident, Sum> sums = new LinkedHashMap<>();

    /**
     * @param sinceMillis event time; what was idle since before brings about nothing
     * @param resumed whether a storm resumed, which an incident that holds it does not explain
     */
    Outbreak(Alert alert, long sinceMillis, boolean resumed) {
        this.alert = alert;
        this.since = sinceMillis;
        this.resumed = resumed;
    }

    /** All that is near, by what it adds. */
    Outbreak look(LiveEntries entries, Neighbourhoods near) {
        visit(entries.ofService(alert.service()), alert.service(), 0, 1);
        near.forEachLive(
                alert.service(),
                (service, incidents, hops, calls) ->
                        visit(incidents, service, hops, calls ? 1 : AGAINST));
        return this;
    }

    /**
     * @param background rate of such alerts at the service, a millisecond
     * @param most chance of being background
     */
    TreeSet<Relation> unexplained(double background, double most) {
        TreeSet<Relation> unexplained = new TreeSet<>(Relation.BEST);
        sums.forEach(
                (incident, sum) -> {
                    double chance = background / (background + sum.rate);
                    if (chance <= most) {
                        unexplained.add(
                                new Relation(
                                        incident,
                                        sum.hops == 0
                                                ? Relation.Rule.SERVICE
                                                : Relation.Rule.TOPOLOGY,
                                        sum.by,
                                        sum.afterMillis,
                                        chance));
                    }
                });
        return unexplained;
    }

    int size() {
        return sums.size();
    }

    private void visit(Bucket incidents, String service, int hops, double way) {
        incidents.forEachSince(
                since,
                (found, last, usual) -> {
                    LiveIncident incident = found.standing();
                    if (incident.isClosed()
                            || alert.eventTimeMillis() - incident.episodeMillis()
                                    > Correlator.LONGEST_MILLIS
                            || resumed && incident.holds(alert.fingerprint())) {
                        return;
                    }
                    long after = Math.abs(alert.eventTimeMillis() - last);
                    double rate =
                            way
                                    * BRINGS[hops]
                                    * (at(after, SOON_MILLIS) + at(after, LATE_MILLIS))
                                    / 2;
                    sums.computeIfAbsent(incident, i -> new Sum()).add(rate, service, hops, after);
                });
    }

    private static double at(long afterMillis, double fadingMillis) {
        return Math.exp(-afterMillis / fadingMillis) / fadingMillis;
    }

    /** What an incident adds at the service, and by what most. */
    private static final class Sum {
        private double rate;
        private double most = -1;
        private String by = "";
        private int hops;
        private long afterMillis;

        void add(double part, String service, int hopsAway, long after) {
            rate += part;
            if (part > most) {
                most = part;
                by = service;
                hops = hopsAway;
                afterMillis = after;
            }
        }
    }
}
