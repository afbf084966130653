// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Vote;
import java.util.List;
import java.util.Optional;

/**
 * What the votes of the last round, and of the one it confirms, come to. The same function makes
 * decisions and checks certificates. Pure.
 */
final class Conclusion {
    private final DecisionStatus status;
    private final ActionSupport support;
    private final int recommendation;

    private Conclusion(DecisionStatus status, ActionSupport support, int recommendation) {
        this.status = status;
        this.support = support;
        this.recommendation = recommendation;
    }

    /**
     * @param votes those that count, of the last round
     * @param confirmed the round before, if this one comes to the same action as that did
     */
    static Conclusion of(
            RoundTerms terms, List<? extends Vote> votes, Optional<RoundRecord> confirmed) {
        RoundTally tally = RoundTally.of(terms, votes);
        ActionSupport leader = tally.leader();
        if (terms.roster().votingAgents() == 0 || terms.protocol() == Protocol.PRIORITY_FALLBACK) {
            return fallback(tally, votes, DecisionStatus.FALLBACK);
        }
        if (terms.protocol() == Protocol.HUMAN_ONLY) {
            return best(tally, leader, DecisionStatus.HUMAN_ONLY);
        }
        if (tally.verdict() != RoundTally.Verdict.DECIDES
                || terms.protocol() == Protocol.TWO_ROUNDS && !confirms(leader, confirmed)) {
            return best(tally, leader, DecisionStatus.UNRESOLVED);
        }
        boolean capped = terms.roster().cap() != CapStatus.INFEASIBLE;
        return best(tally, leader, capped ? DecisionStatus.DECIDED : DecisionStatus.NEEDS_APPROVAL);
    }

    /** The priority fallback: the recommendation of the weightiest trusted agent. */
    static Conclusion fallback(
            RoundTally tally, List<? extends Vote> votes, DecisionStatus status) {
        int best = tally.weightiest();
        if (best < 0) {
            return none(status);
        }
        for (ActionSupport support : tally.standings()) {
            if (support.action().equals(votes.get(best).action())) {
                return new Conclusion(status, support, best);
            }
        }
        return none(status);
    }

    private static Conclusion best(RoundTally tally, ActionSupport leader, DecisionStatus status) {
        int best = tally.weightiestFor(leader);
        return best < 0 ? none(status) : new Conclusion(status, leader, best);
    }

    private static Conclusion none(DecisionStatus status) {
        return new Conclusion(status, new ActionSupport(Action.ESCALATE.id(), 0, 0), -1);
    }

    /** Whether a round came to this action by itself. */
    static boolean confirms(ActionSupport leader, Optional<RoundRecord> confirmed) {
        if (confirmed.isEmpty()) {
            return false;
        }
        RoundTally before = RoundTally.of(confirmed.get().terms(), confirmed.get().votes());
        return before.verdict() == RoundTally.Verdict.DECIDES
                && before.leader().action().equals(leader.action());
    }

    DecisionStatus status() {
        return status;
    }

    ActionSupport support() {
        return support;
    }

    /** The place of the recommendation among the votes, -1 if there is none. */
    int recommendation() {
        return recommendation;
    }
}
