// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.metrics;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.diagnosis.CallGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The services around those that an incident affects, and who calls whom among them. */
public final class Surroundings {
    /** Calls between an affected service and one that is looked at, in either direction. */
    static final int DEPTH = 5;

    /** Services looked at, the nearest first: what one ranking costs is bounded. */
    static final int MOST_SERVICES = 80;

    private Surroundings() {}

    public static CallGraph of(Collection<String> affected, Topology topology) {
        SortedSet<String> found = new TreeSet<>();
        List<String> wave = new ArrayList<>(new TreeSet<>(affected));
        for (int depth = 0; depth <= DEPTH && !wave.isEmpty(); depth++) {
            SortedSet<String> next = new TreeSet<>();
            for (String service : wave) {
                if (found.size() < MOST_SERVICES && found.add(service)) {
                    next.addAll(topology.callees(service));
                    next.addAll(topology.callers(service));
                }
            }
            next.removeAll(found);
            wave = new ArrayList<>(next);
        }
        CallGraph.Builder graph = CallGraph.builder();
        for (String service : found) {
            graph.node(service);
            for (String callee : topology.callees(service)) {
                if (found.contains(callee)) {
                    graph.call(service, callee);
                }
            }
        }
        return graph.build();
    }
}
