// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.udfs.consensus.Circumstances;
import io.incidentcommander.udfs.consensus.OfferedActions;
import io.incidentcommander.udfs.consensus.RoundSetup;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.util.FlinkRuntimeException;

/** What the deliberator asks for, from the state of the tenant that is the current key. */
final class TenantCircumstances implements Circumstances {
    private final TallyState state;
    private final KnownAgents known;
    private final Seating seating;
    private final Standings rules;
    private final ReadOnlyBroadcastState<String, RegisteredAgent> keys;
    private final OfferedActions catalogue;
    private final Question question;

    TenantCircumstances(
            TallyState state,
            KnownAgents known,
            Seating seating,
            Standings rules,
            OfferedActions catalogue,
            TallyFunction.ReadOnlyContext context,
            Question question) {
        this.state = state;
        this.known = known;
        this.seating = seating;
        this.rules = rules;
        this.catalogue = catalogue;
        this.keys = context.getBroadcastState(AgentKeys.DESCRIPTOR);
        this.question = question;
    }

    @Override
    public RoundSetup setup(long nowMillis) {
        try {
            List<RegisteredAgent> agents = known.of(keys, question.tenant());
            Map<String, AgentStanding> standings = new HashMap<>();
            for (RegisteredAgent agent : agents) {
                AgentStanding before = state.standing(agent.agent());
                AgentStanding now = rules.at(before, nowMillis);
                if (!now.equals(before)) {
                    state.put(now);
                }
                standings.put(agent.agent(), now);
            }
            Seating.Seated seated =
                    seating.seat(
                            agents,
                            standings::get,
                            question.inapplicable(),
                            state.threat(),
                            nowMillis);
            state.put(seated.threat());
            return seated.setup();
        } catch (Exception e) {
            throw new FlinkRuntimeException("The standings of a tenant cannot be read", e);
        }
    }

    @Override
    public boolean isRevoked(String agent, int keyEpoch) {
        try {
            return known.find(keys, question.tenant(), agent)
                    .filter(found -> found.isRevoked(keyEpoch))
                    .isPresent();
        } catch (Exception e) {
            throw new FlinkRuntimeException("The keys of a tenant cannot be read", e);
        }
    }

    @Override
    public boolean offers(Action action) {
        return catalogue.offers(action);
    }

    @Override
    public double[] earlierConfidences(String agent) {
        try {
            return state.confidences(agent);
        } catch (Exception e) {
            throw new FlinkRuntimeException("The history of an agent cannot be read", e);
        }
    }
}
