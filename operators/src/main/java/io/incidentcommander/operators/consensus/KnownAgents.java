// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.RegisteredAgent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/**
 * The agents of a tenant as {@link AgentKeys} has them, looked up once until the next message of
 * the control stream. Not thread safe.
 */
final class KnownAgents {
    /** Tenants held; past that they are looked up again. */
    private static final int MOST_TENANTS = 10_000;

    private final List<RegisteredAgent> fromTheStart;
    private final Map<String, TreeMap<String, RegisteredAgent>> byTenant = new HashMap<>();

    KnownAgents(List<RegisteredAgent> fromTheStart) {
        this.fromTheStart = fromTheStart;
    }

    List<RegisteredAgent> of(ReadOnlyBroadcastState<String, RegisteredAgent> state, String tenant)
            throws Exception {
        return new ArrayList<>(agents(state, tenant).values());
    }

    Optional<RegisteredAgent> find(
            ReadOnlyBroadcastState<String, RegisteredAgent> state, String tenant, String agent)
            throws Exception {
        return Optional.ofNullable(agents(state, tenant).get(agent));
    }

    /** Something was said on the control stream. */
    void forget() {
        byTenant.clear();
    }

    private TreeMap<String, RegisteredAgent> agents(
            ReadOnlyBroadcastState<String, RegisteredAgent> state, String tenant) throws Exception {
        TreeMap<String, RegisteredAgent> known = byTenant.get(tenant);
        if (known == null) {
            known = new TreeMap<>();
            for (RegisteredAgent agent : AgentKeys.of(fromTheStart, state, tenant)) {
                known.put(agent.agent(), agent);
            }
            if (byTenant.size() >= MOST_TENANTS) {
                byTenant.clear();
            }
            byTenant.put(tenant, known);
        }
        return known;
    }
}
