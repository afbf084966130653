// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The services around each service, found once for a topology. Bound: as many as there are
 * services, {@value #MOST_SERVICES} places each way, 4 bytes a place: in a graph so dense that more
 * are within a few hops, nearness in it says nothing. Owned by one thread.
 */
final class Neighbourhoods {
    private static final int MOST_SERVICES = 1_000;
    private static final int[][] NONE = {};

    /** Harm that spreads no further is as likely as harm that does. */
    private static final double MOST_ELSEWHERE = 1;

    private final Topology topology;
    private final String[] services;
    private final Bucket[] buckets;
    private final Map<String, int[][]> called = new HashMap<>();
    private final Map<String, int[][]> calling = new HashMap<>();
    private final Map<String, Double> offspring = new HashMap<>();

    /**
     * @param buckets the place of a service's incidents, the same one as long as the topology lasts
     */
    Neighbourhoods(Topology topology, Function<String, Bucket> buckets) {
        this.topology = topology;
        this.services = topology.services().toArray(new String[0]);
        this.buckets = new Bucket[services.length];
        for (int i = 0; i < services.length; i++) {
            this.buckets[i] = buckets.apply(services[i]);
        }
    }

    Topology topology() {
        return topology;
    }

    /** Walks the other services at which anything is live, what it calls first, nearest first. */
    void forEachLive(String service, Visitor visitor) {
        forEachLive(service, TopologyDirection.CALLEES, called, visitor);
        forEachLive(service, TopologyDirection.CALLERS, calling, visitor);
    }

    private void forEachLive(
            String service,
            TopologyDirection direction,
            Map<String, int[][]> known,
            Visitor visitor) {
        int[][] rings = rings(service, direction, known);
        for (int i = 0; i < rings.length; i++) {
            for (int other : rings[i]) {
                if (!buckets[other].isEmpty()) {
                    visitor.visit(
                            services[other],
                            buckets[other],
                            i + 1,
                            direction == TopologyDirection.CALLEES);
                }
            }
        }
    }

    /**
     * Walks the services at which anything is live and that call what this one calls: ill with it
     * if what both call is, though it may not say so.
     */
    void forEachSibling(String service, BiConsumer<String, Bucket> visitor) {
        int[][] rings = rings(service, TopologyDirection.CALLEES, called);
        if (rings.length == 0) {
            return;
        }
        for (int callee : rings[0]) {
            for (int other : rings(services[callee], TopologyDirection.CALLERS, calling)[0]) {
                if (!buckets[other].isEmpty() && !services[other].equals(service)) {
                    visitor.accept(services[other], buckets[other]);
                }
            }
        }
    }

    /**
     * Bound of the rate of alerts at the service that an incident brings about, a millisecond: as
     * if it had shown all its entries just now, one here, the others as near as there are services,
     * each of them both called and calling.
     */
    double mostRate(String service, int entries) {
        return Spread.rate(0, true, 0)
                + mostRate(rings(service, TopologyDirection.CALLEES, called), true, entries - 1)
                + mostRate(rings(service, TopologyDirection.CALLERS, calling), false, entries - 1);
    }

    /** The same in less time and looser: as if all services were as near as can be. */
    static double mostRate(int entries) {
        double next = Spread.rate(1, true, 0) + Spread.rate(1, false, 0);
        return Spread.rate(0, true, 0) + Math.max(0, entries - 1) * next;
    }

    private static double mostRate(int[][] rings, boolean calls, int entries) {
        double most = 0;
        int left = entries;
        for (int i = 0; left > 0 && i < rings.length; i++) {
            int here = Math.min(left, rings[i].length);
            most += here * Spread.rate(i + 1, calls, 0);
            left -= here;
        }
        return most;
    }

    /** Alerts that one of an incident at the service is expected to bring about in all. */
    double offspring(String service) {
        return offspring.computeIfAbsent(
                service,
                s ->
                        Spread.brings(0, true)
                                + Math.min(
                                        MOST_ELSEWHERE,
                                        elsewhere(s, TopologyDirection.CALLERS, calling)
                                                + elsewhere(s, TopologyDirection.CALLEES, called)));
    }

    private double elsewhere(
            String service, TopologyDirection direction, Map<String, int[][]> known) {
        double all = 0;
        int[][] rings = rings(service, direction, known);
        for (int i = 0; i < rings.length; i++) {
            all += rings[i].length * Spread.brings(i + 1, direction == TopologyDirection.CALLERS);
        }
        return all;
    }

    private int[][] rings(String service, TopologyDirection direction, Map<String, int[][]> known) {
        int[][] rings = known.get(service);
        if (rings == null) {
            rings = topology.knows(service) ? find(service, direction) : NONE;
            if (rings != NONE) {
                known.put(service, rings);
            }
        }
        return rings;
    }

    private int[][] find(String service, TopologyDirection direction) {
        List<List<String>> rings = topology.around(service, Topology.MAX_HOPS, direction);
        int within = 1;
        int hops = 1;
        while (hops < rings.size() && within + rings.get(hops).size() <= MOST_SERVICES) {
            within += rings.get(hops).size();
            hops++;
        }
        int[][] numbers = new int[hops - 1][];
        for (int i = 1; i < hops; i++) {
            numbers[i - 1] =
                    rings.get(i).stream().mapToInt(s -> Arrays.binarySearch(services, s)).toArray();
        }
        return numbers;
    }

    /** Told of a service nearby. */
    interface Visitor {
        /**
         * @param calls whether the service looked from calls it, over so many hops
         */
        void visit(String service, Bucket incidents, int hops, boolean calls);
    }
}
