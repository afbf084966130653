// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which service calls which. Cycles are allowed, a call to oneself is dropped. Immutable; all sets
 * are sorted by name, so that whatever walks it walks in one order.
 */
public final class CallGraph {
    private final SortedSet<String> nodes;
    private final Map<String, SortedSet<String>> callees;
    private final Map<String, SortedSet<String>> callers;

    private CallGraph(Builder builder) {
        this.nodes = Collections.unmodifiableSortedSet(new TreeSet<>(builder.nodes));
        this.callees = Map.copyOf(builder.callees);
        this.callers = Map.copyOf(builder.callers);
    }

    public SortedSet<String> nodes() {
        return nodes;
    }

    /** Those that this node calls; none for a node that is not known. */
    public SortedSet<String> callees(String node) {
        return callees.getOrDefault(node, Collections.emptySortedSet());
    }

    /** Those that call this node; none for a node that is not known. */
    public SortedSet<String> callers(String node) {
        return callers.getOrDefault(node, Collections.emptySortedSet());
    }

    /** The node itself and all it calls, directly or through at most so many calls. */
    public Set<String> calledWithin(String node, int calls) {
        Map<String, Integer> depth = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        depth.put(node, 0);
        open.add(node);
        while (!open.isEmpty()) {
            String at = open.remove();
            if (depth.get(at) == calls) {
                continue;
            }
            for (String callee : callees(at)) {
                if (depth.putIfAbsent(callee, depth.get(at) + 1) == null) {
                    open.add(callee);
                }
            }
        }
        return new HashSet<>(depth.keySet());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects nodes and calls, in any order and with repeats. Not thread safe. */
    public static final class Builder {
        private final Set<String> nodes = new TreeSet<>();
        private final Map<String, SortedSet<String>> callees = new HashMap<>();
        private final Map<String, SortedSet<String>> callers = new HashMap<>();

        public Builder node(String node) {
            nodes.add(node);
            return this;
        }

        public Builder call(String caller, String callee) {
            node(caller).node(callee);
            if (!caller.equals(callee)) {
                callees.computeIfAbsent(caller, n -> new TreeSet<>()).add(callee);
                callers.computeIfAbsent(callee, n -> new TreeSet<>()).add(caller);
            }
            return this;
        }

        public CallGraph build() {
            return new CallGraph(this);
        }
    }
}
