// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedProposal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What agents want on the list of the next round. A function of who proposes what, not of the order
 * in which it comes. Pure.
 */
final class Proposals {
    private Proposals() {}

    /** Judges one against the state of a deliberation. The signature has been verified before. */
    static ProposalVerdict check(
            Deliberation deliberation, SignedProposal proposal, Circumstances circumstances) {
        RoundTerms terms = deliberation.terms();
        if (!proposal.tenant().equals(terms.tenant())
                || !proposal.incidentId().equals(terms.incidentId())) {
            return ProposalVerdict.MISDIRECTED;
        }
        if (!proposal.terms().equals(terms.hash())) {
            return ProposalVerdict.OTHER_TERMS;
        }
        if (deliberation.outcome().isPresent()) {
            return ProposalVerdict.AFTER_DECISION;
        }
        Optional<Seat> seat =
                terms.roster().seat(proposal.agent()).filter(found -> found.standing().votes());
        if (seat.isEmpty()) {
            return ProposalVerdict.NO_VOTE;
        }
        if (proposal.keyEpoch() != seat.get().keyEpoch()
                || circumstances.isRevoked(proposal.agent(), proposal.keyEpoch())) {
            return ProposalVerdict.OLD_KEY;
        }
        return content(deliberation, proposal, circumstances);
    }

    private static ProposalVerdict content(
            Deliberation deliberation, SignedProposal proposal, Circumstances circumstances) {
        CandidateList listed = deliberation.terms().candidates();
        if (deliberation.proposals().containsKey(proposal.agent())) {
            return ProposalVerdict.SECOND;
        }
        if (listed.indexOf(proposal.action().id()) >= 0) {
            return ProposalVerdict.LISTED;
        }
        if (listed.size() == CandidateList.MAX) {
            return ProposalVerdict.NO_ROOM;
        }
        return circumstances.offers(proposal.action())
                ? ProposalVerdict.TAKEN
                : ProposalVerdict.NOT_IN_CATALOGUE;
    }

    /** Those with the most power behind them first, so that a few cannot take all the room. */
    static List<Action> ranked(Deliberation deliberation) {
        Map<Action, Integer> power = new HashMap<>();
        for (Map.Entry<String, Action> proposal : deliberation.proposals().entrySet()) {
            Optional<Seat> seat = deliberation.terms().roster().seat(proposal.getKey());
            power.merge(proposal.getValue(), seat.map(Seat::powerPpm).orElse(0), Integer::sum);
        }
        List<Action> ranked = new ArrayList<>(power.keySet());
        ranked.sort(
                Comparator.comparingInt((Action action) -> -power.get(action))
                        .thenComparing(Action::id));
        return ranked;
    }
}
