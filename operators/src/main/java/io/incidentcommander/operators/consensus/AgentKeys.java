// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.RegisteredAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    static Optional<RegisteredAgent> find(
            ReadOnlyBroadcastState<String, RegisteredAgent> state, String tenant, String agent)
            throws Exception {
        return Optional.ofNullable(state.get(id(tenant, agent)));
    }

    static List<RegisteredAgent> of(
            ReadOnlyBroadcastState<String, RegisteredAgent> state, String tenant) throws Exception {
        List<RegisteredAgent> agents = new ArrayList<>();
        for (Map.Entry<String, RegisteredAgent> entry : state.immutableEntries()) {
            if (entry.getValue().tenant().equals(tenant)) {
                agents.add(entry.getValue());
            }
        }
        return agents;
    }

    private static String id(String tenant, String agent) {
        return tenant.length() + ":" + tenant + agent;
    }
}
