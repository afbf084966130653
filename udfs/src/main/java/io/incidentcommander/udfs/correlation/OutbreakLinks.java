// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import java.util.Optional;

/**
 * Whether two incidents have one cause. What is ill at the same time and near along the calls was
 * either brought about by the other, at the rate of {@link Spread}, or broke by itself, at the rate
 * at which services of the tenant do: the chance of the latter is its rate over both.
 */
final class OutbreakLinks {
    /** Of an incident so many services are looked at, so that a large one costs no more. */
    private static final int MOST_SERVICES = 32;

    private final LiveEntries entries;

    OutbreakLinks(LiveEntries entries) {
        this.entries = entries;
    }

    /**
     * The incident that people were told of and that is least likely to be apart from this one.
     *
     * @param own rate at which a service breaks by itself, a millisecond
     * @param most chance of being apart, at most
     */
    Optional<Link> closest(
            LiveIncident incident, Neighbourhoods near, long timeMillis, double own, double most) {
        Found found = new Found(incident, own);
        int services = 0;
        for (String service : incident.services()) {
            long last = entries.ofService(service).lastOf(incident);
            if (last < timeMillis - entries.idleMillis()) {
                continue;
            }
            found.visit(service, last, entries.ofService(service), service, 0, true, timeMillis);
            near.forEachLive(
                    service,
                    (other, bucket, hops, calls) ->
                            found.visit(service, last, bucket, other, hops, calls, timeMillis));
            near.forEachSibling(
                    service,
                    (other, bucket) ->
                            found.visit(service, last, bucket, other, 2, true, timeMillis));
            if (++services == MOST_SERVICES) {
                break;
            }
        }
        return Optional.ofNullable(found.best).filter(link -> link.chance <= most);
    }

    /** The best so far. */
    private final class Found {
        private final LiveIncident incident;
        private final double own;
        private Link best;

        Found(LiveIncident incident, double own) {
            this.incident = incident;
            this.own = own;
        }

        void visit(
                String service,
                long last,
                Bucket bucket,
                String other,
                int hops,
                boolean calls,
                long timeMillis) {
            bucket.forEachSince(
                    timeMillis - entries.idleMillis(),
                    (found, seen, usual) -> {
                        LiveIncident standing = found.standing();
                        if (standing == incident || standing.isClosed() || !standing.isTold()) {
                            return;
                        }
                        long after = Math.abs(last - seen);
                        double chance = own / (own + Spread.rate(hops, calls, after));
                        if (best == null
                                || chance < best.chance
                                || chance == best.chance
                                        && standing.id().compareTo(best.incident.id()) < 0) {
                            best = new Link(standing, service, other, after, chance);
                        }
                    });
        }
    }

    /** Another incident, where the two are nearest, and how likely they are apart. Immutable. */
    static final class Link {
        private final LiveIncident incident;
        private final String service;
        private final String other;
        private final long afterMillis;
        private final double chance;

        Link(LiveIncident incident, String service, String other, long afterMillis, double chance) {
            this.incident = incident;
            this.service = service;
            this.other = other;
            this.afterMillis = afterMillis;
            this.chance = chance;
        }

        LiveIncident incident() {
            return incident;
        }

        /** Of the incident that was asked about. */
        String service() {
            return service;
        }

        /** Of the one found. */
        String other() {
            return other;
        }

        /** Between what both showed there. */
        long afterMillis() {
            return afterMillis;
        }

        /** That each broke by itself. */
        double chance() {
            return chance;
        }
    }
}
