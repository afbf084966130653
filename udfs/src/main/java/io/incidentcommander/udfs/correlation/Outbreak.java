// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.ingest.Alert;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Whether open incidents brought an alert about: its chance of being background is the rate at
 * which such alerts come anyway, over that and what the incident adds by {@link Spread}.
 *
 * <p>One is used for alert after alert. Owned by one thread.
 */
final class Outbreak {
    /** A bound and a sum are not added up in the same order. */
    private static final double SLACK = 1 + 1e-6;

    private Alert alert;
    private long since;
    private boolean resumed;
    private Sum[] sums = new Sum[64];
    private int size;

    /**
     * The next alert; what was found for the one before is forgotten.
     *
     * @param sinceMillis event time; what was idle since before brings about nothing
     * @param isResumed whether a storm resumed, which an incident that holds it does not explain
     */
    Outbreak of(Alert next, long sinceMillis, boolean isResumed) {
        alert = next;
        since = sinceMillis;
        resumed = isResumed;
        size = 0;
        return this;
    }

    /**
     * Those that the background does not explain, of all that is near. What is near is looked at
     * only if the broadest incident could be one.
     *
     * @param background rate of such alerts at the service, a millisecond
     * @param most chance of being background
     */
    TreeSet<Relation> unexplained(
            LiveEntries entries, Neighbourhoods near, double background, double most) {
        int widest = entries.widest();
        if (chance(background, SLACK * Neighbourhoods.mostRate(widest)) <= most
                && chance(background, SLACK * near.mostRate(alert.service(), widest)) <= most) {
            look(entries, near);
        }
        TreeSet<Relation> unexplained = new TreeSet<>(Relation.BEST);
        for (int i = 0; i < size; i++) {
            Sum sum = sums[i];
            double chance = chance(background, sum.rate);
            if (chance <= most) {
                unexplained.add(
                        new Relation(
                                sum.incident,
                                sum.hops == 0 ? Relation.Rule.SERVICE : Relation.Rule.TOPOLOGY,
                                sum.by,
                                sum.afterMillis,
                                chance));
            }
        }
        return unexplained;
    }

    int size() {
        return size;
    }

    /** Of being background. */
    private static double chance(double background, double added) {
        return background / (background + added);
    }

    /** All that is near, by what it adds. */
    private void look(LiveEntries entries, Neighbourhoods near) {
        visit(entries.ofService(alert.service()), alert.service(), 0, true);
        near.forEachLive(
                alert.service(),
                (service, incidents, hops, calls) -> visit(incidents, service, hops, calls));
    }

    private void visit(Bucket incidents, String service, int hops, boolean calls) {
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
                    sumOf(incident).add(Spread.rate(hops, calls, after), service, hops, after);
                });
    }

    /** An incident knows where it was noted, which holds if it is there. */
    private Sum sumOf(LiveIncident incident) {
        int place = incident.place();
        if (place < size && sums[place].incident == incident) {
            return sums[place];
        }
        if (size == sums.length) {
            sums = Arrays.copyOf(sums, 2 * size);
        }
        if (sums[size] == null) {
            sums[size] = new Sum();
        }
        incident.place(size);
        sums[size].begin(incident);
        return sums[size++];
    }

    /** What an incident adds at the service, and by what most. */
    private static final class Sum {
        private LiveIncident incident;
        private double rate;
        private double most;
        private String by;
        private int hops;
        private long afterMillis;

        void begin(LiveIncident of) {
            incident = of;
            rate = 0;
            most = -1;
        }

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
