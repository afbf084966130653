// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The services around each service, found once for a topology. Bound: as many as there are
 * services, {@value #MOST_SERVICES} places each, 4 bytes a place: in a graph so dense that more are
 * within a few hops, nearness in it says nothing. Owned by one thread.
 */
final class Neighbourhoods {
    private static final int MOST_SERVICES = 1_000;
    private static final int[][] NONE = {};

    private final Topology topology;
    private final String[] services;
    private final Bucket[] buckets;
    private final Map<String, int[][]> around = new HashMap<>();

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

    /** Walks the nearest other services at which anything is live, nearest first. */
    void forEachLive(String service, Visitor visitor) {
        int within = 1;
        for (int[] ring : ringsOf(service)) {
            within += ring.length;
            for (int other : ring) {
                if (!buckets[other].isEmpty()) {
                    visitor.visit(
                            services[other], buckets[other], (double) within / services.length);
                }
            }
        }
    }

    private int[][] ringsOf(String service) {
        int[][] known = around.get(service);
        if (known != null) {
            return known;
        }
        int[][] rings = topology.knows(service) ? find(service) : NONE;
        if (rings != NONE) {
            around.put(service, rings);
        }
        return rings;
    }

    private int[][] find(String service) {
        List<List<String>> rings =
                topology.around(service, Topology.MAX_HOPS, TopologyDirection.EITHER);
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
         * @param part of all services, that is as near
         */
        void visit(String service, Bucket incidents, double part);
    }
}
