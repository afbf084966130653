// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The company that the faults happen to: 208 services, who calls whom, and how much each matters.
 * By area gateway, web, api, worker, indexer, scheduler, database and cache, and eight stores
 * shared by all. Calls between the areas lead one way, so that there is a front and a back. The
 * same for the same seed; immutable.
 */
public final class Landscape {
    /** What a service is, which decides how it can fail. */
    public enum Role {
        API,
        WORKER,
        DB,
        CACHE,
        GATEWAY,
        INDEXER,
        SCHEDULER,
        WEB,
        STORE
    }

    /** How much a service matters to the business. */
    public enum Tier {
        CRITICAL,
        IMPORTANT,
        SUPPORTING
    }

    private static final int AREAS = 25;
    private static final String[] STORES = {
        "object-store", "block-store", "document-store", "image-store",
        "archive-store", "media-store", "log-store", "backup-store"
    };

    private final ServiceGraph graph;

    private Landscape(ServiceGraph graph) {
        this.graph = graph;
    }

    public static Landscape of(long seed) {
        Draws draws = Draws.of(seed).fork(77);
        List<Integer> order = new ArrayList<>();
        for (int area = 0; area < AREAS; area++) {
            order.add(draws.below(order.size() + 1), area);
        }
        List<String> names = new ArrayList<>();
        List<List<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < AREAS * Role.STORE.ordinal(); i++) {
            names.add(Fleet.service(i));
        }
        names.addAll(Arrays.asList(STORES));
        names.forEach(name -> calls.add(new ArrayList<>()));
        for (int rank = 0; rank < AREAS; rank++) {
            connect(order, rank, calls, draws);
        }
        for (int store = 0; store < STORES.length; store++) {
            for (int caller = 0; caller < 3; caller++) {
                Role role = draws.oneOf(Role.API, Role.WORKER, Role.INDEXER);
                calls.get(number(draws.below(AREAS), role)).add(storeNumber(store));
            }
        }
        return new Landscape(ServiceGraph.of(names, calls));
    }

    public ServiceGraph graph() {
        return graph;
    }

    public Role role(int service) {
        return Role.values()[Math.min(service / AREAS, Role.STORE.ordinal())];
    }

    /** By name. */
    public Role role(String service) {
        return role(graph.number(service));
    }

    /** A quarter of the areas earn the money; gateways and stores serve all. */
    public Tier tier(int service) {
        Role role = role(service);
        if (role == Role.GATEWAY || role == Role.STORE) {
            return Tier.IMPORTANT;
        }
        int area = service % AREAS;
        return area % 4 == 0 ? Tier.CRITICAL : area % 4 == 1 ? Tier.IMPORTANT : Tier.SUPPORTING;
    }

    /** The team that owns it. */
    public String team(int service) {
        return Fleet.team(graph.name(service));
    }

    /** Services of these roles, by number. */
    List<Integer> ofRoles(Role... roles) {
        List<Role> wanted = Arrays.asList(roles);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            if (wanted.contains(role(i))) {
                found.add(i);
            }
        }
        return found;
    }

    /** As data, for those who read catalogues: caller, blank, called. Sorted by number. */
    public List<String> callLines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            String caller = graph.name(i);
            lines.addAll(
                    graph.dependencyNames(i).stream()
                            .map(called -> caller + " " + called)
                            .collect(Collectors.toList()));
        }
        return Collections.unmodifiableList(lines);
    }

    private static void connect(
            List<Integer> order, int rank, List<List<Integer>> calls, Draws draws) {
        int area = order.get(rank);
        call(calls, area, Role.GATEWAY, number(area, Role.WEB));
        call(calls, area, Role.GATEWAY, number(behind(order, rank, draws), Role.WEB));
        call(calls, area, Role.WEB, number(area, Role.API));
        call(calls, area, Role.WEB, number(behind(order, rank, draws), Role.API));
        call(calls, area, Role.API, number(area, Role.DB));
        call(calls, area, Role.API, number(area, Role.CACHE));
        for (int more = draws.below(3); more > 0; more--) {
            call(calls, area, Role.API, number(behind(order, rank, draws), Role.API));
        }
        call(calls, area, Role.WORKER, number(area, Role.DB));
        call(calls, area, Role.INDEXER, number(area, Role.DB));
        call(calls, area, Role.SCHEDULER, number(area, Role.WORKER));
        if (draws.chance(0.4)) {
            call(calls, area, Role.WORKER, storeNumber(draws.below(STORES.length)));
        }
        if (draws.chance(0.3)) {
            call(calls, area, Role.WORKER, number(behind(order, rank, draws), Role.API));
        }
        if (draws.chance(0.2)) {
            call(calls, area, Role.API, storeNumber(draws.below(STORES.length)));
        }
    }

    private static void call(List<List<Integer>> calls, int area, Role caller, int called) {
        calls.get(number(area, caller)).add(called);
    }

    /** An area behind this one; the last has none but itself. */
    private static int behind(List<Integer> order, int rank, Draws draws) {
        return order.get(Math.min(AREAS - 1, rank + 1 + draws.below(AREAS - rank)));
    }

    private static int number(int area, Role role) {
        return role.ordinal() * AREAS + area;
    }

    private static int storeNumber(int store) {
        return AREAS * Role.STORE.ordinal() + store;
    }
}
