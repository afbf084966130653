// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.Ballots;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** How the built-in agents vote, with what keys, and what they know from the start. */
public final class BuiltInAgentsSetup implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Ballots ballots;
    private final AgentSecrets secrets;
    private final ControlSettings control;
    private final String compromised;
    private final long metricsWithinMillis;

    /**
     * @param control who calls whom, as it is known from the start
     * @param compromised the agent that lies, for demonstrations
     * @param metricsWithinMillis event time from a request, in which the agent of metrics waits for
     *     them; 0 if nobody ranks by metrics
     */
    public BuiltInAgentsSetup(
            Ballots ballots,
            AgentSecrets secrets,
            ControlSettings control,
            Optional<BuiltInAgent> compromised,
            long metricsWithinMillis) {
        this.ballots = Objects.requireNonNull(ballots, "ballots");
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.control = Objects.requireNonNull(control, "control");
        this.compromised = compromised.map(BuiltInAgent::agent).orElse("");
        this.metricsWithinMillis = metricsWithinMillis;
    }

    Ballots ballots() {
        return ballots;
    }

    AgentSecrets secrets() {
        return secrets;
    }

    ControlSettings control() {
        return control;
    }

    boolean isCompromised(BuiltInAgent agent) {
        return agent.agent().equals(compromised);
    }

    long metricsWithinMillis() {
        return metricsWithinMillis;
    }
}
