// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.udfs.detection.NamedCauses;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two incidents have one cause. What is ill at the same time and near along the calls was
 * either brought about by the other, at the rate of {@link Spread} summed over all that the other
 * showed, or broke by itself, at the rate at which services of the tenant do: the chance of the
 * latter is its rate over both. What the words of both name as the cause weighs the odds ({@link
 * NamedCauses}).
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
        return closest(incident, incident.services(), near, timeMillis, own, most);
    }

    /** The same, looked at from some of its services alone. */
    Optional<Link> closest(
            LiveIncident incident,
            Collection<String> from,
            Neighbourhoods near,
            long timeMillis,
            double own,
            double most) {
        NamedCauses named = incident.named();
        Optional<Link> best = Optional.empty();
        int services = 0;
        for (String service : from) {
            long last = entries.ofService(service).lastOf(incident);
            if (last < timeMillis - entries.idleMillis()) {
                continue;
            }
            Around around = new Around(incident, service, last, timeMillis);
            around.look(near);
            for (Nearest other : around.found.values()) {
                Link link = other.link(service, own * named.apart(other.incident.named()));
                if (!best.isPresent() || link.isCloserThan(best.get())) {
                    best = Optional.of(link);
                }
            }
            if (++services == MOST_SERVICES) {
                break;
            }
        }
        return best.filter(link -> link.chance <= most);
    }

    /** What other incidents show around one service of an incident. */
    private final class Around {
        private final LiveIncident incident;
        private final String service;
        private final long last;
        private final long since;
        private final Set<String> seen = new HashSet<>();
        private final Map<LiveIncident, Nearest> found = new LinkedHashMap<>();

        Around(LiveIncident incident, String service, long last, long timeMillis) {
            this.incident = incident;
            this.service = service;
            this.last = last;
            this.since = timeMillis - entries.idleMillis();
        }

        void look(Neighbourhoods near) {
            visit(entries.ofService(service), service, 0);
            near.forEachLive(service, (other, bucket, hops, calls) -> visit(bucket, other, hops));
            near.forEachSibling(service, (other, bucket) -> visit(bucket, other, 2));
        }

        /** Either may have brought the other about, so harm spreads along the calls in any case. */
        private void visit(Bucket bucket, String other, int hops) {
            if (!seen.add(other)) {
                return;
            }
            bucket.forEachSince(
                    since,
                    (shown, lastThere, usual) -> {
                        LiveIncident standing = shown.standing();
                        if (standing == incident || standing.isClosed() || !standing.isTold()) {
                            return;
                        }
                        long after = Math.abs(last - lastThere);
                        found.computeIfAbsent(standing, Nearest::new)
                                .add(Spread.rate(hops, true, after), other, after);
                    });
        }
    }

    /** What one other incident would have brought about at a service. */
    private static final class Nearest {
        private final LiveIncident incident;
        private double rate;
        private double most = -1;
        private String other = "";
        private long afterMillis;

        Nearest(LiveIncident incident) {
            this.incident = incident;
        }

        void add(double part, String at, long after) {
            rate += part;
            if (part > most) {
                most = part;
                other = at;
                afterMillis = after;
            }
        }

        Link link(String service, double own) {
            return new Link(incident, service, other, afterMillis, own / (own + rate));
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

        boolean isCloserThan(Link link) {
            return chance < link.chance
                    || chance == link.chance && incident.id().compareTo(link.incident.id()) < 0;
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
