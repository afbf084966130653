// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static io.incidentcommander.udfs.consensus.Agents.RESTART;
import static io.incidentcommander.udfs.consensus.Agents.SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedProposal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What agents propose is on the list of the next round, as far as it may be and there is room. */
class ProposalsTest {
    private static final String RULES = DefaultRoster.DETECTION_RULES.agent();
    private static final String MODEL = DefaultRoster.DIAGNOSIS_MODEL.agent();
    private static final String CAUSAL = DefaultRoster.DIAGNOSIS_CAUSAL.agent();
    private static final String LSTM = DefaultRoster.PREDICTION_LSTM.agent();
    private static final String RUNBOOK = DefaultRoster.RESOLUTION_RUNBOOK.agent();
    private static final Action FLUSH = offered(0);

    private final Table table = at(Agents.weighted(Agents.defaultRoster()));

    private static Table at(Circumstances circumstances) {
        Table table = new Table(circumstances);
        for (int i = 0; i < 6; i++) {
            table.offered.add(offered(i));
        }
        return table;
    }

    private static Action offered(int i) {
        return new Action("flush-" + i, "1", "checkout", Map.of());
    }

    /** Nobody votes: the first round ends by its time. */
    private static List<Action> listOfTheSecond(Table table) {
        table.until(Agents.NOW + 40_000);
        assertThat(table.request().terms().round()).isEqualTo(2);
        return table.request().terms().candidates().actions();
    }

    @Test
    void aProposalIsOnTheListOfTheNextRoundOnlyAndCanBeDecidedThere() {
        assertThat(table.propose(MODEL, FLUSH)).isEqualTo(ProposalVerdict.TAKEN);
        assertThat(table.vote(CAUSAL, FLUSH.id(), 0.9)).isEqualTo(VoteVerdict.SPOILED);
        assertThat(listOfTheSecond(table))
                .containsExactly(RESTART, SCALE, FLUSH, Action.ESCALATE, Action.NO_ACTION);
        for (DefaultRoster member : DefaultRoster.values()) {
            table.vote(member.agent(), FLUSH.id(), 0.9);
        }
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(table.decisions.get(0).action()).isEqualTo(FLUSH);
        assertThat(table.decisions.get(0).certificate().last().terms().candidates().actions())
                .contains(FLUSH);
    }

    @Test
    void whoeverProposesHasItsVoteStill() {
        table.propose(MODEL, FLUSH);
        assertThat(table.vote(MODEL, RESTART.id(), 0.9)).isEqualTo(VoteVerdict.COUNTED);
    }

    @Test
    void whatIsNotInTheCatalogueOrIsListedAlreadyIsNotTaken() {
        Action unknown = new Action("format-disk", "1", "checkout", Map.of());
        assertThat(table.propose(MODEL, unknown)).isEqualTo(ProposalVerdict.NOT_IN_CATALOGUE);
        assertThat(table.propose(MODEL, RESTART)).isEqualTo(ProposalVerdict.LISTED);
        assertThat(table.propose(MODEL, Action.ESCALATE)).isEqualTo(ProposalVerdict.LISTED);
        assertThat(listOfTheSecond(table)).hasSize(4);
    }

    @Test
    void anAgentHasOneProposalARound() {
        assertThat(table.propose(MODEL, FLUSH)).isEqualTo(ProposalVerdict.TAKEN);
        assertThat(table.propose(MODEL, offered(1))).isEqualTo(ProposalVerdict.SECOND);
        assertThat(listOfTheSecond(table)).contains(FLUSH).doesNotContain(offered(1));
        assertThat(table.propose(MODEL, offered(1))).isEqualTo(ProposalVerdict.TAKEN);
    }

    @Test
    void onlyWhoMayVoteUnderTheOpenTermsProposes() {
        List<Seat> seats = new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
        seats.replaceAll(s -> s.agent().equals(LSTM) ? s.with(SeatStanding.QUARANTINED, 0) : s);
        Table without = at(Agents.weighted(Agents.freeze(seats, Set.of())));
        assertThat(without.propose(LSTM, FLUSH)).isEqualTo(ProposalVerdict.NO_VOTE);

        RoundRequest first = table.request();
        SignedProposal late = Agents.proposal(first, RULES, FLUSH);
        table.revoke(CAUSAL);
        assertThat(table.propose(CAUSAL, FLUSH)).isEqualTo(ProposalVerdict.OLD_KEY);
        assertThat(listOfTheSecond(table)).hasSize(4);
        assertThat(table.propose(late)).isEqualTo(ProposalVerdict.OTHER_TERMS);
    }

    @Test
    void anotherKeyIncidentOrTenantIsNotTaken() {
        assertThat(table.propose(changed("acme", "incident-1", 2)))
                .isEqualTo(ProposalVerdict.OLD_KEY);
        assertThat(table.propose(changed("acme", "incident-2", 1)))
                .isEqualTo(ProposalVerdict.MISDIRECTED);
        assertThat(table.propose(changed("other", "incident-1", 1)))
                .isEqualTo(ProposalVerdict.MISDIRECTED);
        assertThat(table.propose(changed("acme", "incident-1", 1)))
                .isEqualTo(ProposalVerdict.TAKEN);
    }

    private SignedProposal changed(String tenant, String incident, int epoch) {
        SignedProposal good = Agents.proposal(table.request(), MODEL, FLUSH);
        return new SignedProposal(
                tenant,
                incident,
                1,
                1,
                good.terms(),
                MODEL,
                epoch,
                FLUSH,
                good.issuedAtMillis(),
                good.signature());
    }

    @Test
    void afterTheDecisionNothingIsProposed() {
        for (DefaultRoster member : DefaultRoster.values()) {
            table.vote(member.agent(), RESTART.id(), 0.9);
        }
        assertThat(table.propose(MODEL, FLUSH)).isEqualTo(ProposalVerdict.AFTER_DECISION);
    }

    /** Four places are left, and six agents propose something; two of them the same. */
    @Test
    void thereIsRoomForEightAndThoseWithMostPowerComeFirstInWhateverOrderTheyCame() {
        List<String> agents = new ArrayList<>();
        for (DefaultRoster member : DefaultRoster.values()) {
            agents.add(member.agent());
        }
        for (int turn = 0; turn < 6; turn++) {
            Collections.rotate(agents, 1);
            Table full = at(Agents.weighted(Agents.defaultRoster()));
            for (String agent : agents) {
                // The smallest goes with one of the next smallest: 0.25 together, the most.
                boolean together = agent.equals(RUNBOOK) || agent.equals(LSTM);
                Action action = together ? offered(5) : offered(ofLarge(agent));
                assertThat(full.propose(agent, action)).isEqualTo(ProposalVerdict.TAKEN);
            }
            List<Action> list = listOfTheSecond(full);
            assertThat(list).hasSize(CandidateList.MAX);
            assertThat(list.get(2)).isEqualTo(offered(5));
            assertThat(list.subList(3, 6)).contains(offered(0), offered(1), offered(2));
            assertThat(list).doesNotContain(offered(3)); // of the one with the least power
            assertThat(list).endsWith(Action.ESCALATE, Action.NO_ACTION);
            assertThat(full.propose(MODEL, offered(3))).isEqualTo(ProposalVerdict.NO_ROOM);
        }
    }

    private static int ofLarge(String agent) {
        return List.of(RULES, MODEL, CAUSAL, DefaultRoster.PREDICTION_SEASONAL.agent())
                .indexOf(agent);
    }
}
