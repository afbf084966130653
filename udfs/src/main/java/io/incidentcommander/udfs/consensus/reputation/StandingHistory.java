// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.AgentStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The history of all agents' conduct, in the order it was taken in: any policy can be applied to it
 * afterwards, and two policies compared on what really happened. Immutable.
 */
public final class StandingHistory {
    private final List<StandingEvent> events;

    public StandingHistory(List<StandingEvent> events) {
        this.events = List.copyOf(events);
    }

    /** Every agent's standing at a time as this policy would have had it, by agent id. */
    public Map<String, AgentStanding> under(StandingPolicy policy, long nowMillis) {
        Standings rules = new Standings(policy);
        TreeMap<String, AgentStanding> standings = new TreeMap<>();
        for (StandingEvent event : events) {
            standings.put(
                    event.agentId(),
                    event.after(
                            rules,
                            standings.getOrDefault(
                                    event.agentId(), AgentStanding.unknown(event.agentId()))));
        }
        standings.replaceAll((agent, standing) -> rules.at(standing, nowMillis));
        return standings;
    }

    /** What would be different at a time, one row per agent, by agent id. */
    public List<StandingComparison> compare(
            StandingPolicy one, StandingPolicy other, long nowMillis) {
        Map<String, AgentStanding> before = under(one, nowMillis);
        Map<String, AgentStanding> after = under(other, nowMillis);
        List<StandingComparison> rows = new ArrayList<>();
        before.forEach(
                (agent, standing) ->
                        rows.add(
                                new StandingComparison(
                                        StandingView.of(standing, new Standings(one), nowMillis),
                                        StandingView.of(
                                                after.get(agent),
                                                new Standings(other),
                                                nowMillis))));
        return rows;
    }
}
