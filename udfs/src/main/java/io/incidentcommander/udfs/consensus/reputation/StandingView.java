// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.TrustPhase;

/** An agent's standing at one time, computed: what people and certificates are shown. Immutable. */
public final class StandingView {
    private final String agentId;
    private final Reputation reputation;
    private final Suspicion suspicion;
    private final TrustPhase phase;
    private final double powerFactor;

    private StandingView(
            String agentId,
            Reputation reputation,
            Suspicion suspicion,
            TrustPhase phase,
            double powerFactor) {
        this.agentId = agentId;
        this.reputation = reputation;
        this.suspicion = suspicion;
        this.phase = phase;
        this.powerFactor = powerFactor;
    }

    /** Of a standing already brought to that time by {@link Standings#at}. */
    public static StandingView of(AgentStanding standing, Standings rules, long nowMillis) {
        return new StandingView(
                standing.agentId(),
                rules.reputation(standing, nowMillis),
                rules.suspicion(standing, nowMillis),
                standing.phase(),
                rules.powerFactor(standing, nowMillis));
    }

    public String agentId() {
        return agentId;
    }

    public Reputation reputation() {
        return reputation;
    }

    public Suspicion suspicion() {
        return suspicion;
    }

    public TrustPhase phase() {
        return phase;
    }

    public double powerFactor() {
        return powerFactor;
    }

    @Override
    public String toString() {
        return agentId + " " + phase + ", reputation " + reputation + ", suspicion " + suspicion;
    }
}
