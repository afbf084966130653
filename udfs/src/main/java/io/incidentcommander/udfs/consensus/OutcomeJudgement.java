// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.model.consensus.reputation.OutcomeVerdict;
import java.util.Map;
import java.util.TreeMap;

/** What a verified outcome says of each agent that voted. Pure. */
public final class OutcomeJudgement {
    private OutcomeJudgement() {}

    /**
     * By agent id. If the right action is known, whoever voted for it was right and whoever voted
     * for another was wrong. If it is only known that one was wrong, nothing is said of the others.
     */
    public static Map<String, JudgedOutcome> judge(VotesCast votes, VerifiedOutcome outcome) {
        Map<String, JudgedOutcome> judged = new TreeMap<>();
        for (Map.Entry<String, ActionId> vote : votes.actionByAgent().entrySet()) {
            boolean right = outcome.right().filter(vote.getValue()::equals).isPresent();
            boolean wrong =
                    outcome.right().isPresent()
                            ? !right
                            : outcome.wrong().filter(vote.getValue()::equals).isPresent();
            if (right || wrong) {
                judged.put(
                        vote.getKey(),
                        new JudgedOutcome(
                                votes.decisionId(),
                                right ? OutcomeVerdict.RIGHT : OutcomeVerdict.WRONG,
                                votes.decidedAtMillis(),
                                outcome.verifiedAtMillis()));
            }
        }
        return judged;
    }
}
