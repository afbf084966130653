// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.RegisteredAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The registered agents of all tenants, broadcast. Bound: what operators register by hand; an entry
 * is merged and never removed, since a revocation must not be forgotten.
 */
public final class AgentKeys {
    public static final MapStateDescriptor<String, RegisteredAgent> DESCRIPTOR =
            new MapStateDescriptor<>(
                    "agent-keys", Types.STRING, TypeInformation.of(RegisteredAgent.class));

    private AgentKeys() {}

    /** What is known of the agent after this message. */
    static RegisteredAgent merge(
            BroadcastState<String, RegisteredAgent> state, RegisteredAgent message)
            throws Exception {
        String id = id(message.tenant(), message.agent());
        RegisteredAgent known = state.get(id);
        RegisteredAgent merged = known == null ? message : known.merge(message);
        state.put(id, merged);
        return merged;
    }

    /** What is registered for the tenant, and what holds from the start for it or for everyone. */
    static Optional<RegisteredAgent> find(
            List<RegisteredAgent> fromTheStart,
            ReadOnlyBroadcastState<String, RegisteredAgent> state,
            String tenant,
            String agent)
            throws Exception {
        Optional<RegisteredAgent> known = Optional.ofNullable(state.get(id(tenant, agent)));
        for (RegisteredAgent first : fromTheStart) {
            if (first.agent().equals(agent) && serves(first, tenant)) {
                RegisteredAgent here = first.forTenant(tenant);
                known = Optional.of(known.map(here::merge).orElse(here));
            }
        }
        return known;
    }

    static List<RegisteredAgent> of(
            List<RegisteredAgent> fromTheStart,
            ReadOnlyBroadcastState<String, RegisteredAgent> state,
            String tenant)
            throws Exception {
        SortedMap<String, RegisteredAgent> agents = new TreeMap<>();
        for (RegisteredAgent first : fromTheStart) {
            if (serves(first, tenant)) {
                agents.merge(first.agent(), first.forTenant(tenant), RegisteredAgent::merge);
            }
        }
        for (Map.Entry<String, RegisteredAgent> entry : state.immutableEntries()) {
            if (entry.getValue().tenant().equals(tenant)) {
                agents.merge(entry.getValue().agent(), entry.getValue(), RegisteredAgent::merge);
            }
        }
        return new ArrayList<>(agents.values());
    }

    private static boolean serves(RegisteredAgent agent, String tenant) {
        return agent.tenant().equals(RegisteredAgent.ALL_TENANTS) || agent.tenant().equals(tenant);
    }

    private static String id(String tenant, String agent) {
        return tenant.length() + ":" + tenant + agent;
    }
}
