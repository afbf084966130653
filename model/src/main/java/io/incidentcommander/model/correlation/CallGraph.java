// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;

/**
 * The calls between services as arrays, for walking. Services are numbered in their natural order.
 * A walk costs time by the services and calls it passes; cycles and calls of oneself are fine.
 */
final class CallGraph {
    private static final int UNSEEN = -1;

    private final String[] services;
    private final int[][] callees;
    private final int[][] callers;

    /**
     * @param services all of them, those of the calls too
     */
    CallGraph(NavigableSet<String> services, Collection<ServiceCall> calls) {
        this.services = services.toArray(new String[0]);
        this.callees = new int[this.services.length][];
        this.callers = new int[this.services.length][];
        List<List<Integer>> down = lists();
        List<List<Integer>> up = lists();
        for (ServiceCall call : calls) {
            int caller = numberOf(call.caller());
            int callee = numberOf(call.callee());
            down.get(caller).add(callee);
            up.get(callee).add(caller);
        }
        for (int i = 0; i < this.services.length; i++) {
            callees[i] = down.get(i).stream().mapToInt(n -> n).sorted().toArray();
            callers[i] = up.get(i).stream().mapToInt(n -> n).sorted().toArray();
        }
    }

    List<String> callees(String service) {
        return named(service, callees);
    }

    List<String> callers(String service) {
        return named(service, callers);
    }

    /**
     * A shortest way, both ends included; empty if there is none of at most {@code maxHops}. Of
     * several the one whose services come first, seen from the end.
     */
    List<String> path(String from, String to, int maxHops, TopologyDirection direction) {
        int start = numberOf(from);
        int end = numberOf(to);
        if (start < 0 || end < 0) {
            return from.equals(to) ? List.of(from) : List.of();
        }
        int[] came = new int[services.length];
        Arrays.fill(came, UNSEEN);
        came[start] = start;
        int[] edge = {start};
        for (int hop = 0; hop < maxHops && came[end] == UNSEEN && edge.length > 0; hop++) {
            edge = step(edge, came, direction);
        }
        return came[end] == UNSEEN ? List.of() : way(came, start, end);
    }

    /** Services within the hops and how far each is; hops of 0 are the service itself. */
    List<List<String>> rings(String from, int maxHops, TopologyDirection direction) {
        int start = numberOf(from);
        if (start < 0) {
            return List.of(List.of(from));
        }
        int[] came = new int[services.length];
        Arrays.fill(came, UNSEEN);
        came[start] = start;
        int[] edge = {start};
        List<List<String>> rings = new ArrayList<>();
        rings.add(List.of(from));
        for (int hop = 0; hop < maxHops; hop++) {
            edge = step(edge, came, direction);
            if (edge.length == 0) {
                break;
            }
            rings.add(names(edge));
        }
        return rings;
    }

    private int[] step(int[] edge, int[] came, TopologyDirection direction) {
        int[] next = new int[16];
        int size = 0;
        for (int at : edge) {
            for (int[][] links : links(direction)) {
                for (int to : links[at]) {
                    if (came[to] == UNSEEN) {
                        came[to] = at;
                        next = size == next.length ? Arrays.copyOf(next, 2 * size) : next;
                        next[size++] = to;
                    }
                }
            }
        }
        int[] found = Arrays.copyOf(next, size);
        Arrays.sort(found);
        return found;
    }

    private int[][][] links(TopologyDirection direction) {
        switch (direction) {
            case CALLEES:
                return new int[][][] {callees};
            case CALLERS:
                return new int[][][] {callers};
            default:
                return new int[][][] {callees, callers};
        }
    }

    private List<String> way(int[] came, int start, int end) {
        List<String> way = new ArrayList<>();
        for (int at = end; at != start; at = came[at]) {
            way.add(services[at]);
        }
        way.add(services[start]);
        Collections.reverse(way);
        return Collections.unmodifiableList(way);
    }

    private List<String> named(String service, int[][] links) {
        int number = numberOf(service);
        return number < 0 ? List.of() : names(links[number]);
    }

    private List<String> names(int[] numbers) {
        List<String> names = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            names.add(services[number]);
        }
        return Collections.unmodifiableList(names);
    }

    private int numberOf(String service) {
        return Arrays.binarySearch(services, service);
    }

    private List<List<Integer>> lists() {
        List<List<Integer>> lists = new ArrayList<>(services.length);
        for (int i = 0; i < services.length; i++) {
            lists.add(new ArrayList<>(4));
        }
        return lists;
    }
}
