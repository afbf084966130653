// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.udfs.consensus.OutcomeJudgement;
import io.incidentcommander.udfs.consensus.collusion.CollusionWatch;
import io.incidentcommander.udfs.consensus.collusion.JointErrors;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What findings and outcomes make of the standings of the agents of the current tenant. Findings
 * leave by {@link TallyFunction#FINDINGS}.
 */
final class AgentConduct {
    private final TallyState state;
    private final Standings standings;

    AgentConduct(TallyState state, Standings standings) {
        this.state = state;
        this.standings = standings;
    }

    /** Tells a finding, and holds it against its agent as far as its kind says. */
    void take(Finding finding, TallyFunction.ReadOnlyContext context) throws Exception {
        context.output(TallyFunction.FINDINGS, finding);
        if (finding.kind().points() > 0) {
            suspect(
                    finding.agent(),
                    new Evidence(
                            finding.findingId(),
                            finding.kind().name(),
                            finding.kind().points(),
                            finding.atMillis()));
        }
    }

    private void suspect(String agent, Evidence evidence) throws Exception {
        state.put(standings.suspected(state.standing(agent), evidence).standing());
    }

    /** Moves the reputation of who voted, and looks for agents that err together. */
    void judge(VerifiedOutcome outcome, TallyFunction.ReadOnlyContext context) throws Exception {
        Optional<VotesCast> votes =
                state.cast(TallyState.id(outcome.incidentId(), outcome.attempt()));
        if (votes.isEmpty()) {
            return; // too late, or of a deliberation that never was
        }
        Map<String, JudgedOutcome> judged = OutcomeJudgement.judge(votes.get(), outcome);
        for (Map.Entry<String, JudgedOutcome> agent : judged.entrySet()) {
            state.put(
                    standings.judged(state.standing(agent.getKey()), agent.getValue()).standing());
        }
        CollusionWatch.Seen seen =
                CollusionWatch.judged(
                        state.judged(),
                        votes.get(),
                        outcome.right(),
                        outcome.wrong(),
                        outcome.verifiedAtMillis());
        state.put(seen.history());
        long now = DueTimes.now(context, outcome.verifiedAtMillis());
        for (JointErrors accused : seen.accused().values()) {
            context.output(TallyFunction.FINDINGS, collusion(accused, outcome, now));
            suspect(accused.agent(), seen.evidence(accused.agent(), now));
        }
    }

    /** The signed votes are in the certificates of the decisions that the detail names. */
    private static Finding collusion(JointErrors accused, VerifiedOutcome outcome, long now) {
        return new Finding(
                FindingKind.COLLUSION,
                outcome.tenant(),
                outcome.incidentId(),
                outcome.attempt(),
                0,
                accused.agent(),
                now,
                accused.toString(),
                List.of());
    }
}
