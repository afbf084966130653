// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.CallGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the ranking asks of the call graph, within {@link #DEPTH} calls. */
final class Topology {
    /** How far trouble is followed along calls. */
    static final int DEPTH = 5;

    private final CallGraph graph;
    private final Map<String, Set<String>> called = new HashMap<>();

    Topology(CallGraph graph) {
        this.graph = graph;
    }

    CallGraph graph() {
        return graph;
    }

    /** Whether trouble at {@code callee} can reach {@code caller}; every node reaches itself. */
    boolean reaches(String caller, String callee) {
        return called.computeIfAbsent(caller, n -> graph.calledWithin(n, DEPTH)).contains(callee);
    }

    /** The nearest callees that are measured: those that are not are looked through. */
    Set<String> measuredCallees(String node, Predicate<String> measured) {
        Set<String> found = new TreeSet<>();
        Set<String> seen = new TreeSet<>(Set.of(node));
        Set<String> at = graph.callees(node);
        for (int depth = 0; depth < DEPTH && !at.isEmpty(); depth++) {
            Set<String> next = new TreeSet<>();
            for (String callee : at) {
                if (!seen.add(callee)) {
                    continue;
                }
                if (measured.test(callee)) {
                    found.add(callee);
                } else {
                    next.addAll(graph.callees(callee));
                }
            }
            at = next;
        }
        return found;
    }
}
