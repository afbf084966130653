// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.datagen.storm.Draws;
import io.incidentcommander.datagen.storm.ServiceGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kinds of random call graphs. Service 0 is at the front; calls lead to higher numbers. */
public enum GraphShape {
    /** Every service is called by one other. */
    TREE {
        @Override
        void connect(List<List<Integer>> calls, Draws draws) {
            for (int i = 1; i < calls.size(); i++) {
                call(calls, Math.max(0, i / 4 + draws.between(-1, 1)), i);
            }
        }
    },
    /** Every service calls a few, most of them near, some anywhere behind it. */
    MESH {
        @Override
        void connect(List<List<Integer>> calls, Draws draws) {
            TREE.connect(calls, draws);
            for (int i = 0; i < calls.size() - 1; i++) {
                for (int more = draws.below(4); more > 0; more--) {
                    int reach = draws.chance(0.8) ? 20 : calls.size();
                    call(calls, i, i + 1 + draws.below(Math.min(reach, calls.size() - 1 - i)));
                }
            }
        }
    },
    /** A tree, and beside it a few services that a tenth of all call. */
    HUB {
        @Override
        void connect(List<List<Integer>> calls, Draws draws) {
            TREE.connect(calls, draws);
            int hubs = 1 + calls.size() / 100;
            for (int i = 0; i < calls.size() - hubs; i++) {
                if (draws.chance(0.1 * hubs)) {
                    call(calls, i, calls.size() - 1 - draws.below(hubs));
                }
            }
        }
    },
    /** A mesh in which a tenth of the calls have one back. */
    CYCLE {
        @Override
        void connect(List<List<Integer>> calls, Draws draws) {
            MESH.connect(calls, draws);
            for (int i = 0; i < calls.size(); i++) {
                for (int callee : new ArrayList<>(calls.get(i))) {
                    if (callee > i && draws.chance(0.1)) {
                        call(calls, callee, i);
                    }
                }
            }
        }
    };

    private static final String[] ROLES = {
        "api", "worker", "web", "gateway", "db", "cache", "queue", "store"
    };

    abstract void connect(List<List<Integer>> calls, Draws draws);

    /** The same graph for the same arguments. */
    public ServiceGraph graph(int services, long seed) {
        Draws draws = Draws.of(seed).fork(ordinal());
        List<String> names = new ArrayList<>();
        List<List<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            names.add(ROLES[i % ROLES.length] + "-" + i);
            calls.add(new ArrayList<>());
        }
        connect(calls, draws);
        return ServiceGraph.of(names, calls);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void call(List<List<Integer>> calls, int caller, int callee) {
        if (caller != callee) {
            calls.get(caller).add(callee);
        }
    }
}
