// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who calls whom: services by number and name, and for each the services it depends on. Cycles are
 * allowed, self-calls are not. Immutable.
 */
public final class ServiceGraph {
    private final String[] names;
    private final int[][] dependencies;
    private final int[][] dependents;
    private final Map<String, Integer> numbers = new HashMap<>();

    private ServiceGraph(String[] names, int[][] dependencies) {
        this.names = names;
        this.dependencies = dependencies;
        this.dependents = reversed(dependencies);
        for (int i = 0; i < names.length; i++) {
            numbers.put(names[i], i);
        }
    }

    /**
     * @param names unique
     * @param dependencies for each service the numbers of those it calls; repeats and self-calls
     *     are dropped
     */
    public static ServiceGraph of(List<String> names, List<? extends Collection<Integer>> calls) {
        int[][] dependencies = new int[names.size()][];
        for (int i = 0; i < dependencies.length; i++) {
            TreeSet<Integer> callees = new TreeSet<>(calls.get(i));
            callees.remove(i);
            dependencies[i] = callees.stream().mapToInt(Integer::intValue).toArray();
        }
        return new ServiceGraph(names.toArray(new String[0]), dependencies);
    }

    public int size() {
        return names.length;
    }

    public String name(int service) {
        return names[service];
    }

    public List<String> names() {
        return List.of(names);
    }

    /** -1 if there is none of this name. */
    public int number(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /** The services this one calls. */
    public int[] dependencies(int service) {
        return dependencies[service].clone();
    }

    /** The services that call this one. */
    public int[] dependents(int service) {
        return dependents[service].clone();
    }

    /** Names of the services it calls. */
    public List<String> dependencyNames(int service) {
        List<String> called = new ArrayList<>();
        for (int callee : dependencies[service]) {
            called.add(names[callee]);
        }
        return called;
    }

    /** Hops from a service to those that depend on it, by number; -1: it does not reach there. */
    public int[] hopsToDependents(int service, int mostHops) {
        int[] hops = new int[names.length];
        Arrays.fill(hops, -1);
        hops[service] = 0;
        Deque<Integer> open = new ArrayDeque<>(List.of(service));
        while (!open.isEmpty()) {
            int at = open.poll();
            if (hops[at] == mostHops) {
                continue;
            }
            for (int caller : dependents[at]) {
                if (hops[caller] < 0) {
                    hops[caller] = hops[at] + 1;
                    open.add(caller);
                }
            }
        }
        return hops;
    }

    private static int[][] reversed(int[][] calls) {
        int[] counts = new int[calls.length];
        for (int[] callees : calls) {
            for (int callee : callees) {
                counts[callee]++;
            }
        }
        int[][] callers = new int[calls.length][];
        for (int i = 0; i < calls.length; i++) {
            callers[i] = new int[counts[i]];
        }
        for (int caller = calls.length - 1; caller >= 0; caller--) {
            for (int callee : calls[caller]) {
                callers[callee][--counts[callee]] = caller;
            }
        }
        return callers;
    }
}
