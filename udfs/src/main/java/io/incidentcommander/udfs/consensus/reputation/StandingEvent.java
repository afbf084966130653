// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import java.util.Objects;
import java.util.function.BiFunction;

/** One entry of the history that moved a standing: an outcome or evidence, when it came. */
public final class StandingEvent {
    private final String agentId;
    private final long atMillis;
    private final BiFunction<Standings, AgentStanding, StandingChange> effect;

    private StandingEvent(
            String agentId,
            long atMillis,
            BiFunction<Standings, AgentStanding, StandingChange> effect) {
        this.agentId = Objects.requireNonNull(agentId, "agentId");
        this.atMillis = atMillis;
        this.effect = effect;
    }

    /**
     * @param atMillis event time at which it was taken in
     */
    public static StandingEvent of(String agentId, JudgedOutcome outcome, long atMillis) {
        return new StandingEvent(agentId, atMillis, (rules, s) -> rules.judged(s, outcome));
    }

    /**
     * @param atMillis event time at which it was taken in
     */
    public static StandingEvent of(String agentId, Evidence evidence, long atMillis) {
        return new StandingEvent(agentId, atMillis, (rules, s) -> rules.suspected(s, evidence));
    }

    public String agentId() {
        return agentId;
    }

    public long atMillis() {
        return atMillis;
    }

    AgentStanding after(Standings rules, AgentStanding standing) {
        AgentStanding changed = effect.apply(rules, rules.at(standing, atMillis)).standing();
        return rules.at(changed, atMillis);
    }
}
