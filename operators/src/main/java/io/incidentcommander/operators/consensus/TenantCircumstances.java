// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.udfs.consensus.Circumstances;
import io.incidentcommander.udfs.consensus.RoundSetup;
import io.incidentcommander.udfs.consensus.Seating;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.util.FlinkRuntimeException;

/** What the deliberator asks for, from the state of the tenant that is the current key. */
final class TenantCircumstances implements Circumstances {
    private final TallyFunction tally;
    private final ReadOnlyBroadcastState<String, RegisteredAgent> keys;
    private final Question question;

    TenantCircumstances(
            TallyFunction tally, TallyFunction.ReadOnlyContext context, Question question) {
        this.tally = tally;
        this.keys = context.getBroadcastState(AgentKeys.DESCRIPTOR);
        this.question = question;
    }

    @Override
    public RoundSetup setup(long nowMillis) {
        try {
            List<RegisteredAgent> agents = tally.agents().of(keys, question.tenant());
            Map<String, AgentStanding> standings = new HashMap<>();
            for (RegisteredAgent agent : agents) {
                AgentStanding before = tally.state().standing(agent.agent());
                AgentStanding now = tally.standings().at(before, nowMillis);
                if (!now.equals(before)) {
                    tally.state().put(now);
                }
                standings.put(agent.agent(), now);
            }
            Seating.Seated seated =
                    tally.seating()
                            .seat(
                                    agents,
                                    standings::get,
                                    question.inapplicable(),
                                    tally.state().threat(),
                                    nowMillis);
            tally.state().put(seated.threat());
            return seated.setup();
        } catch (Exception e) {
            throw new FlinkRuntimeException("The standings of a tenant cannot be read", e);
        }
    }

    @Override
    public boolean isRevoked(String agent, int keyEpoch) {
        try {
            return tally.agents()
                    .find(keys, question.tenant(), agent)
                    .filter(known -> known.isRevoked(keyEpoch))
                    .isPresent();
        } catch (Exception e) {
            throw new FlinkRuntimeException("The keys of a tenant cannot be read", e);
        }
    }

    @Override
    public double[] earlierConfidences(String agent) {
        try {
            return tally.state().confidences(agent);
        } catch (Exception e) {
            throw new FlinkRuntimeException("The history of an agent cannot be read", e);
        }
    }
}
